//! R9-not-static: `public_static(...)` takes a `&'static str`.
//! Passes: `public_static` -> `public`

use observed_runtime::observed;

#[observed(name = "greet", attrs(action = public_static(action.clone())))]
fn greet(action: String) -> usize {
    action.len()
}

fn main() {}
