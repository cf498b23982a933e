//! R1-duplicate-key: a key is recorded once.
//! Passes: `"lines"` -> `"total"`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines), late(lines_late @ "lines": u64))]
fn price(lines: u64) -> u64 {
    lines_late.set(lines);
    lines
}

fn main() {}
