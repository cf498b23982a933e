//! R9 (E0521): `public_static(...)` takes a `&'static str`, and the compiler tells lifetimes apart.
//! Passes: `action: &str` -> `action: &'static str`

use observed_runtime::observed;

#[observed(name = "greet", attrs(action = public_static(action)))]
fn greet(action: &str) -> usize {
    action.len()
}

fn main() {}
