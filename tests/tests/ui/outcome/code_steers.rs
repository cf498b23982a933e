//! R5-expression: the code of an error cannot steer the function.
//! Passes: `error?` -> `*error`

use observed_runtime::observed;

#[observed(name = "price_order", err = error?)]
fn price() -> Result<(), &'static str> {
    Ok(())
}

fn main() {}
