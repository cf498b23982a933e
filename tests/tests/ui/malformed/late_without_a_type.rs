//! R2-malformed-argument: what is declared late has a type.
//! Passes: `late(total: )` -> `late(total: u64)`

use observed_runtime::observed;

#[observed(name = "price_order", late(total: ))]
fn price() {}

fn main() {}
