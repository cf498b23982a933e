//! R7-pii-parameter: a name that a match gives a marked parameter is followed.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: Option<&str>) {
    match note {
        Some(it) if !it.is_empty() => observed_record!(said = public(it)),
        _ => observed_record!(said = "nothing"),
    }
}

fn main() {}
