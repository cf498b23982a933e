//! The user's own lints still fire: unused_variables.
#![deny(unused_variables)]

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines))]
fn price(lines: u32, unused: u32) -> u32 {
    lines
}

fn main() {
    let _ = price;
}
