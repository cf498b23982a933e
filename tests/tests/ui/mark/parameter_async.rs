//! R7-pii-parameter: an asynchronous function is no exception.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = note))]
async fn greet(#[pii] note: u32) -> u32 {
    note
}

fn main() {}
