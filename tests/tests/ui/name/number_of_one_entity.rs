//! R3-name-cardinality: a name is of an operation.

use observed_runtime::observed;

#[observed(name = "price_order_4711001")]
fn price() {}

fn main() {}
