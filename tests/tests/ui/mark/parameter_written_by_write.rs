//! R7-pii-parameter: what `write!` puts into a local is followed.
//! Passes: `#[pii] note` -> `note`

use std::fmt::Write;

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: &str) {
    let mut said = String::new();
    write!(said, "{note}").unwrap();
    observed_record!(said = public(said));
}

fn main() {}
