//! R10-personal-name: so is what a method of the error gives.
//! Passes: `error.user_email()` -> `error.code()`

use observed_runtime::observed;

struct Refused;

impl Refused {
    fn user_email(&self) -> &'static str {
        "somebody"
    }

    fn code(&self) -> &'static str {
        "code"
    }
}

#[observed(name = "enter", err = error.user_email())]
fn enter() -> Result<(), Refused> {
    Err(Refused)
}

fn main() {}
