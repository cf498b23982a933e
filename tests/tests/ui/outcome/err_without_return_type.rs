//! R4-err-without-result: `err` looks at a `Result`.
//! Passes: `, err` -> `, root`

use observed_runtime::observed;

#[observed(name = "price_order", err)]
fn price() {}

fn main() {}
