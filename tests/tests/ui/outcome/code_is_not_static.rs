//! R12: the code of an error is a `&'static str`, so the error's text cannot be one.

use observed_runtime::observed;

#[observed(name = "price_order", err = error.as_str())]
fn price() -> Result<(), String> {
    Ok(())
}

fn main() {}
