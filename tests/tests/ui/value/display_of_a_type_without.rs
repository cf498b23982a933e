//! R9-no-display: `Debug` is never used.
//! Passes: `public_display(order)` -> `public_display(order.0)`

use observed_runtime::observed;

#[derive(Debug)]
struct Order(u32);

#[observed(name = "price_order", attrs(order = public_display(order)))]
fn price(order: &Order) -> u32 {
    order.0
}

fn main() {}
