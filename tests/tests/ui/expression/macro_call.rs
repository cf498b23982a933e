//! R5-expression: a macro hides what is recorded.

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n = public(format!("{lines}"))))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
