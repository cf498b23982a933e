//! A handle takes the type that was declared.

use observed_runtime::observed;

#[observed(name = "price_order", late(lines: u64))]
fn price() {
    lines.set("three");
}

fn main() {}
