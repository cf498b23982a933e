//! R7-pii-field: nor does a field of `self` pass through a local, under the name that `#[async_trait]` gives `self`.
//! Passes: `let label = self.contact.clone();` -> `let label = self.tier.clone();`

use async_trait::async_trait;
use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Store {
    tier: String,
    #[pii]
    contact: String,
}

#[async_trait]
trait Write {
    async fn write(self) -> usize;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", late(label: text))]
    async fn write(self) -> usize {
        let label = self.contact.clone();
        observed_record!(label = public(label));
        label.len()
    }
}

fn main() {}
