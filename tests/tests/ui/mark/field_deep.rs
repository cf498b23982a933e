//! R7-pii-field: a mark holds at any depth of a path.
//! Passes: `order.customer.contact.len()` -> `order.customer.tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

struct Order {
    customer: Box<Customer>,
}

#[observed(name = "price_order", attrs(n = order.customer.contact.len()))]
fn price(order: &Order, customer: u8) {
    let _ = &customer;
}

fn main() {}
