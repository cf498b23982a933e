//! R7-pii-field: a pattern within a pattern takes a field out as well.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: String,
}

struct Order {
    customer: Option<Customer>,
}

#[observed(name = "price_order", late(said: text))]
fn price(orders: Vec<Order>) {
    for order in orders {
        let Order { customer: Some(Customer { memo: said }) } = order else { continue };
        observed_record!(said = public(said));
    }
}

fn main() {}
