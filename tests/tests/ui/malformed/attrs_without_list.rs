//! R2-malformed-argument: `attrs` takes a list.
//! Passes: `attrs = lines` -> `attrs(lines)`

use observed_runtime::observed;

#[observed(name = "price_order", attrs = lines)]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
