//! R7-pii-parameter: a name that a closure gives a marked parameter is followed.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: Option<&str>) {
    note.map(|it| observed_record!(said = public(it)));
}

fn main() {}
