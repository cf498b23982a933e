//! R3-scope-shape: a scope becomes part of the name of a variable.
//! Passes: `"Pipeline 2"` -> `"pipeline"`

use observed_runtime::observed;

#[observed(name = "price_order", scope = "Pipeline 2")]
fn price() {}

fn main() {}
