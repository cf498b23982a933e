//! R1-late-clash: a handle has a name of its own.
//! Passes: `late(lines: u64)` -> `late(total: u64)`

use observed_runtime::observed;

#[observed(name = "price_order", late(lines: u64))]
fn price(lines: u64) -> u64 {
    lines
}

fn main() {}
