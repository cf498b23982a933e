//! R7-pii-parameter: functions of the standard library give back what they are given.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: &str) {
    let said = std::iter::once(str::trim(note)).collect::<String>();
    observed_record!(said = public(said));
}

fn main() {}
