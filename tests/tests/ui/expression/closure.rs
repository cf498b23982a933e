//! R5-expression: a closure hides what is recorded.
//! Passes: `|n| n` -> `same`

use observed_runtime::observed;

fn same(n: u32) -> u32 {
    n
}

#[observed(name = "price_order", attrs(n = lines.map(|n| n)))]
fn price(lines: Option<u32>) -> Option<u32> {
    lines
}

fn main() {}
