//! R10-personal-literal: nothing overrides what a literal looks like.
//! Passes: `ana@example.com` -> `everybody`

use observed_runtime::observed;

#[observed(name = "greet", attrs(to = not_pii("ana@example.com", "an example")))]
fn greet() {}

fn main() {}
