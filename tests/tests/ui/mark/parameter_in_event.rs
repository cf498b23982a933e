//! R7-pii-parameter: an event of the body honours the mark.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_event};

#[observed(name = "greet")]
fn greet(#[pii] note: u32) -> u32 {
    observed_event!(name = "noted", attrs(n = note));
    note
}

fn main() {}
