//! R12-error-code: the code of an error is a word of the program's, and no text that is made for it.
//! Passes: `error.0.clone()` -> `"refused"`

use observed_runtime::observed;

struct Refused(String);

#[observed(name = "price_order", err = error.0.clone())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}
