//! R7-pii-field: an asynchronous function is no exception.
//! Passes: `customer.contact.len()` -> `customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = customer.contact.len()))]
async fn price(customer: Customer) {
    let _ = &customer;
}

fn main() {}
