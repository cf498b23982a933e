//! R7-pii-field: a mark holds for what a call returns.
//! Passes: `order.buyer().contact.len()` -> `order.buyer().tier`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

struct Order(Customer);

impl Order {
    fn buyer(&self) -> &Customer {
        &self.0
    }
}

#[observed(name = "price_order", attrs(n = order.buyer().contact.len()))]
fn price(order: &Order, customer: u8) {
    let _ = &customer;
}

fn main() {}
