//! R9-wrapper-arity: a word takes one expression.
//! Passes: `public(a, b)` -> `public(a)`

use observed_runtime::observed;

#[observed(name = "greet", attrs(a = public(a, b)))]
fn greet(a: &str, b: &str) -> usize {
    a.len() + b.len()
}

fn main() {}
