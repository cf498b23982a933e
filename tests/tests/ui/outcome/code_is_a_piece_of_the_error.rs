//! R12 (requires that `'1` must outlive `'static`): the code of an error is a `&'static str`, so the error's text cannot be one.
//! Passes: `error.0.as_str()` -> `"refused"`

use observed_runtime::observed;

struct Refused(String);

#[observed(name = "price_order", err = error.0.as_str())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}
