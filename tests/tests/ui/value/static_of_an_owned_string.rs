//! R9-not-static: `public_static(...)` takes a `&'static str`.

use observed_runtime::observed;

#[observed(name = "greet", attrs(action = public_static(action.clone())))]
fn greet(action: String) -> usize {
    action.len()
}

fn main() {}
