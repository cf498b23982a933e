//! R8-not-a-value: late text is written `public(...)`.
//! Passes: `String` -> `public(String)`

use observed_runtime::observed;

#[observed(name = "price_order", late(action: String))]
fn price() {
    let _ = action;
}

fn main() {}
