//! R7-pii-parameter: `Late::set` is a set.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{Late, observed};

#[observed(name = "greet", late(n: u32))]
fn greet(#[pii] note: u32) -> u32 {
    Late::set(n, note);
    note
}

fn main() {}
