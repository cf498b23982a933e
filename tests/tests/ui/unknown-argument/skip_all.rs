//! R2-unknown-argument: nothing is recorded by default, so there is nothing to skip.
//! Passes: `skip_all` -> `root`

use observed_runtime::observed;

#[observed(name = "price_order", skip_all)]
fn price() {}

fn main() {}
