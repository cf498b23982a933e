//! R7-pii-parameter: `public` does not override a mark.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(text = public(note)))]
fn greet(#[pii] note: &str) -> usize {
    note.len()
}

fn main() {}
