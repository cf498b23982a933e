//! R12-error-text: the text of an error is never recorded.
//! Passes: `public_display(error)` -> `public_display(code)`

use observed_runtime::observed;

#[observed(name = "log_failure", attrs(why = public_display(error)))]
fn log(error: &std::io::Error, code: u32) {}

fn main() {}
