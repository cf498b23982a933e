//! R3-missing-name: a span has a name.

use observed_runtime::observed;

#[observed]
fn price() {}

fn main() {}
