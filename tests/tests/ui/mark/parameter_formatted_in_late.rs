//! R7-pii-parameter: a format string that names it mentions it.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: Option<&str>) {
    let said = format!("{note:?}");
    observed_record!(said = public(said));
}

fn main() {}
