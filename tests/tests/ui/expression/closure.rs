//! R5-expression: a closure hides what is recorded.

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n = lines.map(|n| n)))]
fn price(lines: Option<u32>) -> Option<u32> {
    lines
}

fn main() {}
