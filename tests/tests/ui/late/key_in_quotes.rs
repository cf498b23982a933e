//! R1-late-handle: a key in quotes needs a name for its handle.
//! Passes: `late("` -> `late(lines @ "`

use observed_runtime::observed;

#[observed(name = "price_order", late("order.lines": u64))]
fn price() {}

fn main() {}
