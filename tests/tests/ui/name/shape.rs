//! R3-name-shape: lower-case words.
//! Passes: `PriceOrder` -> `price_order`

use observed_runtime::observed;

#[observed(name = "PriceOrder")]
fn price() {}

fn main() {}
