//! R10-personal-literal: and one in a call.
//! Passes: `4111111111111111` -> `4111111111111112`

use observed_runtime::observed;

#[observed(name = "greet", attrs(id = u64::from_be(4111111111111111)))]
fn greet() {}

fn main() {}
