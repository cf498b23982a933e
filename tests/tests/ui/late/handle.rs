//! R1-late-handle: there are no handles.
//! Passes: `lines @ "order.lines"` -> `"order.lines"`

use observed_runtime::observed;

#[observed(name = "price_order", late(lines @ "order.lines": u64))]
fn price() {}

fn main() {}
