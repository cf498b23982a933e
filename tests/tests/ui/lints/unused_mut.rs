//! The user's own lints still fire: unused_mut.
#![deny(unused_mut)]

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines))]
fn price(mut lines: u32) -> u32 {
    lines
}

fn main() {
    let _ = price;
}
