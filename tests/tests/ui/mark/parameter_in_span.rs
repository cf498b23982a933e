//! R7-pii-parameter: a span of the body honours the mark, however deep.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_span};

#[observed(name = "greet")]
fn greet(#[pii] note: u32) -> u32 {
    if note > 1 {
        let _span = observed_span!(name = "inner", attrs(n = note));
    }
    note
}

fn main() {}
