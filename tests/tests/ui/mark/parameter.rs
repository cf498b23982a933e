//! R7-pii-parameter: a marked parameter is not recorded.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = note))]
fn greet(#[pii] note: u32) -> u32 {
    note
}

fn main() {}
