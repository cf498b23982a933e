//! R12-error-text: nor through a box.
//! Passes: `public(error.to_string())` -> `public(code.to_string())`

use observed_runtime::observed;

#[observed(name = "log_failure", attrs(why = public(error.to_string())))]
fn log(error: &Box<dyn std::error::Error>, code: u32) {}

fn main() {}
