//! R12-error-code: the code of an error is a word of the program's, and no text that is made for it.
//! Passes: `error.text()` -> `error.code()`

use observed_runtime::observed;

struct Refused;

impl Refused {
    fn text(&self) -> String {
        "refused".to_owned()
    }

    fn code(&self) -> &'static str {
        "refused"
    }
}

#[observed(name = "price_order", err = error.text())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}
