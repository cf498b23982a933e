//! R1-duplicate-key: a key is declared once.
//! Passes: `"order.lines": u64` -> `"order.total": u64`

use observed_runtime::observed;

#[observed(name = "price_order", late(order.lines: u64, "order.lines": u64))]
fn price() {}

fn main() {}
