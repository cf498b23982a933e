//! R10-personal-name: a field may be its name or what stands in it; of a text nobody knows.
//! Passes: `public(text)` -> `public_static("billing")`

use observed_runtime::observed;

#[observed(name = "enter", attrs(email_field = public(text)))]
fn enter(text: &str) {}

fn main() {}
