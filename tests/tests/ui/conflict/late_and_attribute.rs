//! R1-duplicate-key: a key is recorded once.
//! Passes: `"lines": u64` -> `"total": u64`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines), late("lines": u64))]
fn price(lines: u64) -> u64 {
    lines
}

fn main() {}
