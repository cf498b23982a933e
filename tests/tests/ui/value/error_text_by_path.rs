//! R12-error-text: nor by the path of a function.
//! Passes: `ToString::to_string(error)` -> `ToString::to_string(code)`

use observed_runtime::observed;

#[observed(name = "log_failure", attrs(why = public(ToString::to_string(error))))]
fn log_failure(error: &std::fmt::Error, code: &u32) {}

fn main() {}
