//! R7-pii-parameter: a late attribute honours the mark.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", late(n: u32))]
fn greet(#[pii] note: u32) -> u32 {
    n.set(note);
    note
}

fn main() {}
