//! R3-name-cardinality: a name is of an operation.

use observed_runtime::observed;

#[observed(name = "price.550e8400")]
fn price() {}

fn main() {}
