//! R10-personal-name: the dictionary is in two languages.
//! Passes: `public(senha)` -> `public(label)`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = public(senha)))]
fn greet(senha: &str, label: &str) -> usize {
    senha.len() + label.len()
}

fn main() {}
