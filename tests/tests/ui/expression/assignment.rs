//! R5-expression: an attribute cannot change the function's data.
//! Passes: `lines = 2` -> `lines`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n = lines = 2))]
fn price(mut lines: u32) -> u32 {
    lines += 1;
    lines
}

fn main() {}
