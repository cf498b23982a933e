//! R7-pii-parameter: `not_pii` does not override a mark.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = not_pii(note, "tried")))]
fn greet(#[pii] note: u32) -> u32 {
    note
}

fn main() {}
