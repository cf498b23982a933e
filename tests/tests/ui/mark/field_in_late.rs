//! R7-pii-field: a late attribute is given no marked field.
//! Passes: `n = customer.held` -> `n = customer.tier`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    tier: u64,
    #[pii]
    held: u64,
}

#[observed(name = "price_order", late(n: u64))]
fn price(customer: &Customer) -> u64 {
    observed_record!(n = customer.held);
    customer.tier
}

fn main() {}
