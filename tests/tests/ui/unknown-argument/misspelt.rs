//! R2-unknown-argument: the nearest argument is suggested.

use observed_runtime::observed;

#[observed(nmae = "price_order")]
fn price() {}

fn main() {}
