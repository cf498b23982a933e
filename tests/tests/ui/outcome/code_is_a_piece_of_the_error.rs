//! R12 (requires that `'1` must outlive `'static`): the code of an error is a `&'static str`, so the error's text cannot be one.
//! Passes: `error.0.as_str()` -> `error.1`

use observed_runtime::observed;

struct Refused(String, &'static str);

#[observed(name = "price_order", err = error.0.as_str())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}
