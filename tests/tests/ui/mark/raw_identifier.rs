//! R7-pii-parameter: a raw identifier is the same name.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = r#note))]
fn greet(#[pii] note: u32) -> u32 {
    note
}

fn main() {}
