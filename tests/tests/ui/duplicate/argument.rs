//! R2-duplicate-argument: an argument is given once.

use observed_runtime::observed;

#[observed(name = "price_order", name = "order_price")]
fn price() {}

fn main() {}
