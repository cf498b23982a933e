//! The user's own lints still fire: unreachable_code.
#![deny(unreachable_code)]

use observed_runtime::observed;

#[observed(name = "price_order", attrs(lines))]
fn price(lines: u32) -> u32 {
    return lines;
    drop(lines);
}

fn main() {
    let _ = price;
}
