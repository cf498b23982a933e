//! R7-pii-field: a mark holds inside the arguments of a call.
//! Passes: `u8::from(customer.contact.is_empty())` -> `customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = u8::from(customer.contact.is_empty())))]
fn price(customer: &Customer) {
    let _ = &customer;
}

fn main() {}
