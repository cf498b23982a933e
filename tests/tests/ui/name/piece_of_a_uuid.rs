//! R3-name-cardinality: a name is of an operation.
//! Passes: `550e8400` -> `sha256`

use observed_runtime::observed;

#[observed(name = "price.550e8400")]
fn price() {}

fn main() {}
