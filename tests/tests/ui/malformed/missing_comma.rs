//! R2-malformed-argument: arguments are separated by commas.
//! Passes: `" err` -> `", err`

use observed_runtime::observed;

#[observed(name = "price_order" err)]
fn price() -> Result<(), ()> {
    Ok(())
}

fn main() {}
