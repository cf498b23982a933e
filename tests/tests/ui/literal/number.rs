//! R10-personal-literal: so is a number, with its check digits.
//! Passes: `52_998_224_725_u64` -> `52_998_224_726_u64`

use observed_runtime::observed;

#[observed(name = "greet", attrs(id = 52_998_224_725_u64))]
fn greet() {}

fn main() {}
