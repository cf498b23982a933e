//! R5-expression: indexing can panic.
//! Passes: `first = lines[0]` -> `first = lines.len()`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(first = lines[0]))]
fn price(lines: &[u32]) -> u32 {
    lines[0]
}

fn main() {}
