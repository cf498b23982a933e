//! R2-malformed-argument: a parent is an expression.
//! Passes: `parent = )` -> `root)`

use observed_runtime::observed;

#[observed(name = "price_order", parent = )]
fn price() {}

fn main() {}
