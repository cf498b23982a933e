//! R7-pii-field: `not_pii` does not override a mark.
//! Passes: `not_pii(customer.contact.len(), "tried")` -> `customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = not_pii(customer.contact.len(), "tried")))]
fn price(customer: &Customer) {
    let _ = &customer;
}

fn main() {}
