//! R1-duplicate-key: a key is recorded once.
//! Passes: `lines = total` -> `sum = total`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines, lines = total))]
fn price(lines: u32, total: u32) -> u32 {
    lines + total
}

fn main() {}
