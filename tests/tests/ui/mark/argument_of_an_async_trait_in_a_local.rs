//! R7-pii-field: nor one of an argument, which `#[async_trait]` binds again.
//! Passes: `let label = customer.contact.clone();` -> `let label = customer.tier.clone();`

use async_trait::async_trait;
use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    tier: String,
    #[pii]
    contact: String,
}

struct Store;

#[async_trait]
trait Write {
    async fn write(&self, customer: Customer) -> usize;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", late(label: text))]
    async fn write(&self, customer: Customer) -> usize {
        let label = customer.contact.clone();
        observed_record!(label = public(label));
        label.len()
    }
}

fn main() {}
