//! R7-pii-field: an event honours the marks of types.
//! Passes: `customer.contact.len()` -> `customer.tier`

use observed_runtime::{Classified, observed_event};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

fn price(customer: &Customer) -> u8 {
    observed_event!(name = "priced", attrs(n = customer.contact.len()));
    customer.tier
}

fn main() {}
