//! R10-personal-name: a code that is no literal is looked up as the text that it is.
//! Passes: `error.user` -> `error.code`

use observed_runtime::observed;

struct Refused {
    user: &'static str,
    code: &'static str,
}

#[observed(name = "enter", err = error.user)]
fn enter() -> Result<(), Refused> {
    Ok(())
}

fn main() {}
