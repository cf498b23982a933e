//! R8 (E0308): A late attribute takes the type that was declared.
//! Passes: `lines: u32` -> `lines: u64`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(total: u64))]
fn price(lines: u32) {
    observed_record!(total = lines);
}

fn main() {}
