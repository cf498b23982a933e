//! R8 (E0308): A handle takes the type that was declared.
//! Passes: `"three"` -> `3`

use observed_runtime::observed;

#[observed(name = "price_order", late(lines: u64))]
fn price() {
    lines.set("three");
}

fn main() {}
