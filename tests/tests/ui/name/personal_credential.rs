//! R10-personal-name: credentials are in the dictionary.
//! Passes: `n = api_key` -> `n = label`

use observed_runtime::observed;

#[observed(name = "call", attrs(n = api_key.len()))]
fn call(api_key: &str, label: &str) -> usize {
    api_key.len() + label.len()
}

fn main() {}
