//! The user's own lints still fire: unused_variables.
#![deny(unused_variables)]

use observed_runtime::observed;

#[observed(name = "price_order", err)]
fn price(lines: String, unused: String) -> Result<String, ()> {
    Ok(lines)
}

fn main() {
    let _ = price;
}
