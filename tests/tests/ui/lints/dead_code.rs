//! The user's own lints still fire: dead_code.
#![deny(dead_code)]

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {
}
