//! R7-pii-field: a marked field that a pattern takes out under `#[async_trait]` is asked of its type.
//! Passes: `attrs(memo)` -> `attrs(tier)`

use async_trait::async_trait;
use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u32,
    #[pii]
    memo: u32,
}

struct Store;

#[async_trait]
trait Write {
    async fn write(&self, row: Customer) -> u32;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", attrs(memo))]
    async fn write(&self, Customer { tier, memo }: Customer) -> u32 {
        memo + tier
    }
}

fn main() {}
