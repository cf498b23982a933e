//! R7-pii-field: the code of an error is no marked field.
//! Passes: `err = error.detail` -> `err = error.code`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Bad {
    #[pii]
    detail: &'static str,
    code: &'static str,
}

#[observed(name = "pay", err = error.detail)]
fn pay() -> Result<(), Bad> {
    Ok(())
}

fn main() {}
