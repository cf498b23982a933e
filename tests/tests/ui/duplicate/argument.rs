//! R2-duplicate-argument: an argument is given once.
//! Passes: `name = "order_price"` -> `scope = "order_price"`

use observed_runtime::observed;

#[observed(name = "price_order", name = "order_price")]
fn price() {}

fn main() {}
