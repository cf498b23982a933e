//! The user's own lints still fire: unused_mut.
#![deny(unused_mut)]

use observed_runtime::observed;

#[observed(name = "price_order", err)]
fn price(mut lines: String) -> Result<String, ()> {
    Ok(lines)
}

fn main() {
    let _ = price;
}
