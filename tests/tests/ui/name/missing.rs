//! R3-missing-name: a span has a name.
//! Passes: `#[observed]` -> `#[observed(name = "price_order")]`

use observed_runtime::observed;

#[observed]
fn price() {}

fn main() {}
