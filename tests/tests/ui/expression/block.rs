//! R5-expression: a block hides what is recorded.
//! Passes: `{ lines }` -> `(lines)`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n = { lines }))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
