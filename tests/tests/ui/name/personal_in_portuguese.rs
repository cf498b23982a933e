//! R10-personal-name: the dictionary is in two languages.
//! Passes: `n = senha` -> `n = label`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = senha.len()))]
fn greet(senha: &str, label: &str) -> usize {
    senha.len() + label.len()
}

fn main() {}
