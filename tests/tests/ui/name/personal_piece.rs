//! R10-personal-name: a piece of a token is one.
//! Passes: `public(text)` -> `public_static("sk")`

use observed_runtime::observed;

#[observed(name = "enter", attrs(token_prefix = public(text)))]
fn enter(text: &str) {}

fn main() {}
