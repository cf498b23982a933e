//! R1 (E0425): A handle that was not declared is an ordinary compile error.
//! Passes: `linse` -> `lines`

use observed_runtime::observed;

#[observed(name = "price_order", late(lines: u64))]
fn price() {
    lines.set(1);
    linse.set(2);
}

fn main() {}
