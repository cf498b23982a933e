//! R8-not-a-value: text is written `public(...)`.
//! Passes: `action = action` -> `action = public(action)`

use observed_runtime::observed;

#[observed(name = "greet", attrs(action = action))]
fn greet(action: &str) -> usize {
    action.len()
}

fn main() {}
