//! R9-late-text: text is declared `text`.
//! Passes: `String` -> `text`

use observed_runtime::observed;

#[observed(name = "price_order", late(action: String))]
fn price() {}

fn main() {}
