//! R12-error-text: nor where a bound says that it is one.
//! Passes: `public_display(error)` -> `public_display(code)`

use observed_runtime::observed;

#[observed(name = "log_failure", attrs(why = public_display(error)))]
fn log_failure(error: &impl std::error::Error, code: u32) {}

fn main() {}
