//! R10-personal-literal: a literal is looked at, with its check digits.
//! Passes: `529.982.247-25` -> `529.982.247-26`

use observed_runtime::observed;

#[observed(name = "greet", attrs(to = "529.982.247-25"))]
fn greet() {}

fn main() {}
