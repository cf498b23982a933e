//! R9-late-text: the wrapper stands where text is recorded.
//! Passes: `public(String)` -> `text`

use observed_runtime::observed;

#[observed(name = "price_order", late(action: public(String)))]
fn price() {}

fn main() {}
