//! R10-personal-name: every identifier is looked up.
//! Passes: `public(password)` -> `public(label)`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = public(password)))]
fn greet(password: &str, label: &str) -> usize {
    password.len() + label.len()
}

fn main() {}
