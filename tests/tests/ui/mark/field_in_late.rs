//! R7-pii-field: a late attribute is given no marked field of a parameter.
//! Passes: `n.set(customer.held)` -> `n.set(customer.tier)`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u64,
    #[pii]
    held: u64,
}

#[observed(name = "price_order", late(n: u64))]
fn price(customer: &Customer) -> u64 {
    n.set(customer.held);
    customer.tier
}

fn main() {}
