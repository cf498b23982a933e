//! R7-pii-field: a name that a pattern binds is asked about where the body records it.
//! Passes: `    #[pii]` -> ``

use observed_runtime::{Classified, observed, observed_event};

#[derive(Classified)]
struct Customer {
    tier: u64,
    #[pii]
    held: u64,
}

#[observed(name = "price_order")]
fn price(Customer { held: bound, .. }: &Customer) -> u64 {
    observed_event!(name = "priced", attrs(n = *bound));
    *bound
}

fn main() {}
