//! R1-late-clash: a handle has a name of its own.
//! Passes: `order_lines: u64` -> `order_total: u64`

use observed_runtime::observed;

#[observed(name = "price_order", late(order.lines: u64, order_lines: u64))]
fn price() {}

fn main() {}
