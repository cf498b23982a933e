//! R5-expression: a macro hides what is recorded.
//! Passes: `format!` -> `text`

use observed_runtime::observed;

fn text(text: &str) -> &str {
    text
}

#[observed(name = "price_order", attrs(n = public(format!("{lines}"))))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
