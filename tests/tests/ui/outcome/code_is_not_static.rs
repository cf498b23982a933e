//! R12 (requires that `'1` must outlive `'static`): the code of an error is a `&'static str`, so the error's text cannot be one.
//! Passes: `err = text` -> `err = code`

use observed_runtime::observed;

fn text(error: &String) -> &str {
    error
}

fn code(_: &String) -> &'static str {
    "code"
}

#[observed(name = "price_order", err = text(error))]
fn price() -> Result<(), String> {
    Ok(())
}

fn main() {}
