//! R7-pii-parameter: any mention taints, as an argument too.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

fn length(text: &str) -> usize {
    text.len()
}

#[observed(name = "greet", attrs(n = length(note)))]
fn greet(#[pii] note: &str) -> usize {
    length(note)
}

fn main() {}
