//! R5 (cannot find value `ordr` in this scope): a name that is not there is told by the compiler, and by nobody else.
//! Passes: `ordr` -> `order`

use observed_runtime::observed;

struct Order {
    lines: Vec<u32>,
}

#[observed(name = "price_order", attrs(order.lines = ordr.lines.len()))]
fn price(order: &Order) {}

fn main() {}
