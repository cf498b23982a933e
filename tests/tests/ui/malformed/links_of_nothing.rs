//! R2-malformed-argument: links are an expression.
//! Passes: `links()` -> `links(senders)`

use observed_runtime::observed;

#[observed(name = "price_order", links())]
fn price(senders: &[observed_runtime::Context]) {}

fn main() {}
