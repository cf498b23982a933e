//! R2-malformed-argument: a bare text is no argument.
//! Passes: `("price` -> `(name = "price`

use observed_runtime::observed;

#[observed("price_order")]
fn price() {}

fn main() {}
