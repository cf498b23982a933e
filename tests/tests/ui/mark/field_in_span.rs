//! R7-pii-field: a span of a block honours the marks of types.
//! Passes: `customer.contact.len()` -> `customer.tier`

use observed_runtime::{Classified, observed_span};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

fn price(customer: &Customer) -> u8 {
    let _span = observed_span!(name = "priced", attrs(n = customer.contact.len()));
    customer.tier
}

fn main() {}
