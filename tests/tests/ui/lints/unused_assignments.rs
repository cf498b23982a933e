//! The user's own lints still fire: unused_assignments.
#![deny(unused_assignments)]

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines))]
fn price(lines: u32) -> u32 {
    let mut total = 0;
    total = lines;
    lines
}

fn main() {
    let _ = price;
}
