//! R8-not-a-value: `Debug` is never used.

use observed_runtime::observed;

#[derive(Debug)]
struct Order(u32);

#[observed(name = "price_order", attrs(order))]
fn price(order: &Order) -> u32 {
    order.0
}

fn main() {}
