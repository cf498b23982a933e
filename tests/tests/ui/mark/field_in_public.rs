//! R7-pii-field: `public` does not override a mark.
//! Passes: `public(&customer.contact)` -> `customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = public(&customer.contact)))]
fn price(customer: &Customer) {
    let _ = &customer;
}

fn main() {}
