//! R10-personal-name: an identifier is looked up by its words.
//! Passes: `public(userEmail)` -> `public(label)`

use observed_runtime::observed;

#[allow(non_snake_case)]
#[observed(name = "greet", attrs(n = public(userEmail)))]
fn greet(userEmail: &str, label: &str) -> usize {
    userEmail.len() + label.len()
}

fn main() {}
