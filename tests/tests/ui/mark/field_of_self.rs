//! R7-pii-field: a mark holds for `self`.
//! Passes: `self.contact.len()` -> `self.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

impl Customer {
    #[observed(name = "price_order", attrs(n = self.contact.len()))]
    fn price(&self) -> u8 {
        self.tier
    }
}

fn main() {}
