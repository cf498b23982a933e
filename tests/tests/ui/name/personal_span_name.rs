//! R10-personal-name: a span name is looked up; nothing overrides that.
//! Passes: `check_password` -> `check_login`

use observed_runtime::observed;

#[observed(name = "check_password")]
fn check() {}

fn main() {}
