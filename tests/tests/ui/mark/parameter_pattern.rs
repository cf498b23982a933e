//! R7-pii-parameter: everything that a marked pattern binds is marked.
//! Passes: `#[pii] (` -> `(`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = b))]
fn greet(#[pii] (a, b): (u32, u32)) -> u32 {
    a + b
}

fn main() {}
