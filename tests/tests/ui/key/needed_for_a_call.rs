//! R1-key-needed: only a place is its own key.
//! Passes: `attrs(lines` -> `attrs(n = lines`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines.len()))]
fn price(lines: &[u32]) -> u32 {
    lines[0]
}

fn main() {}
