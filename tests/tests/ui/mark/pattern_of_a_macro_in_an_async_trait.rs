//! R7-unreadable-pattern: under `#[async_trait]` as well.
//! Passes: `#[pii] pair!(memo, _)` -> `#[pii] (memo, _)`

use async_trait::async_trait;
use observed_runtime::observed;

macro_rules! pair {
    ($first:pat, $second:pat) => {
        ($first, $second)
    };
}

struct Store;

#[async_trait]
trait Write {
    async fn write(&self, row: (u32, u32)) -> u32;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", attrs(n = 1))]
    async fn write(&self, #[pii] pair!(memo, _): (u32, u32)) -> u32 {
        let pair!(again, _) = (memo, 2);
        again
    }
}

fn main() {}
