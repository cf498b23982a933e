//! R10-personal-literal: a literal is looked at.
//! Passes: `ana@example.com` -> `everybody`

use observed_runtime::observed;

#[observed(name = "greet", attrs(to = "ana@example.com"))]
fn greet() {}

fn main() {}
