//! R9-foreign-sigil: `?` is of another library.
//! Passes: `attrs(n = ?n)` -> `attrs(n = n)`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n = ?n))]
fn price(n: u32) {}

fn main() {}
