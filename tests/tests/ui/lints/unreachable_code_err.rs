//! The user's own lints still fire: unreachable_code.
#![deny(unreachable_code)]

use observed_runtime::observed;

#[observed(name = "price_order", err)]
fn price(lines: u32) -> Result<u32, ()> {
    return Ok(lines);
    drop(lines);
}

fn main() {
    let _ = price;
}
