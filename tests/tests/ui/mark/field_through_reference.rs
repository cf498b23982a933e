//! R7-pii-field: a mark holds through a reference.
//! Passes: `customer.contact.len()` -> `customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = customer.contact.len()))]
fn price(customer: &Customer) {
    let _ = &customer;
}

fn main() {}
