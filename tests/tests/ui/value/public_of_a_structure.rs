//! R9-not-text: `public(...)` copies text.
//! Passes: `public(order)` -> `public(order.0)`

use observed_runtime::observed;

struct Order(String);

#[observed(name = "price_order", attrs(order = public(order)))]
fn price(order: &Order) -> usize {
    order.0.len()
}

fn main() {}
