//! R10-personal-name: credentials are in the dictionary.
//! Passes: `public(api_key)` -> `public(label)`

use observed_runtime::observed;

#[observed(name = "call", attrs(n = public(api_key)))]
fn call(api_key: &str, label: &str) -> usize {
    api_key.len() + label.len()
}

fn main() {}
