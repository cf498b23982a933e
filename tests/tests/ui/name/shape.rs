//! R3-name-shape: lower-case words.

use observed_runtime::observed;

#[observed(name = "PriceOrder")]
fn price() {}

fn main() {}
