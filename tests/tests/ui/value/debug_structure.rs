//! R8-not-a-value: `Debug` is never used.
//! Passes: `attrs(order)` -> `attrs(order.lines)`

use observed_runtime::observed;

#[derive(Debug)]
struct Order {
    lines: u32,
}

#[observed(name = "price_order", attrs(order))]
fn price(order: &Order) -> u32 {
    order.lines
}

fn main() {}
