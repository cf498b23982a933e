//! R2-unknown-argument: the nearest argument is suggested.
//! Passes: `nmae` -> `name`

use observed_runtime::observed;

#[observed(nmae = "price_order")]
fn price() {}

fn main() {}
