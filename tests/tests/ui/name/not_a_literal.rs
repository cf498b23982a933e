//! R3-name-literal: spans can be listed without building.
//! Passes: `name = NAME` -> `name = "order"`

use observed_runtime::observed;

const NAME: &str = "price_order";

#[observed(name = NAME)]
fn price() {}

fn main() {}
