//! R5-expression: arithmetic can panic.
//! Passes: `lines + 1` -> `lines as u64`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(next = lines + 1))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
