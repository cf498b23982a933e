//! R10-personal-name: every identifier is looked up.
//! Passes: `n = password` -> `n = label`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = password.len()))]
fn greet(password: &str, label: &str) -> usize {
    password.len() + label.len()
}

fn main() {}
