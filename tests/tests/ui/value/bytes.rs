//! R8-not-a-value: bytes are text in disguise.
//! Passes: `n = note.as_bytes` -> `n = note.len`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = note.as_bytes()))]
fn greet(note: &str) -> usize {
    note.len()
}

fn main() {}
