//! R7-pii-parameter: a late attribute honours the mark.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: Option<&str>) {
    observed_record!(said = public(note));
}

fn main() {}
