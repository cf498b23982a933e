//! R2-malformed-argument: a code is an expression.
//! Passes: `err = )` -> `err)`

use observed_runtime::observed;

#[observed(name = "price_order", err = )]
fn price() -> Result<(), ()> {
    Ok(())
}

fn main() {}
