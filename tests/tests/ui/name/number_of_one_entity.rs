//! R3-name-cardinality: a name is of an operation.
//! Passes: `_4711001` -> ``

use observed_runtime::observed;

#[observed(name = "price_order_4711001")]
fn price() {}

fn main() {}
