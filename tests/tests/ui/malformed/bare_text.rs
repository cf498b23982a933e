//! R2-malformed-argument: a bare text is no argument.

use observed_runtime::observed;

#[observed("price_order")]
fn price() {}

fn main() {}
