//! R7-pii-parameter: any mention taints.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(length = note.len()))]
fn greet(#[pii] note: &str) -> usize {
    note.len()
}

fn main() {}
