//! R7-pii-field: a pattern behind `@` is asked too.
//! Passes: `    #[pii]` -> ``

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u64,
    #[pii]
    held: u64,
}

#[observed(name = "price_order", attrs(n = bound))]
fn price(_whole @ Customer { held: bound, .. }: &Customer) -> u64 {
    *bound
}

fn main() {}
