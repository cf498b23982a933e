//! R2-malformed-argument: the parser says what it expected, and the rule how it is written.
//! Passes: `attrs(n.)` -> `attrs(n)`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n.))]
fn price(n: u32) {}

fn main() {}
