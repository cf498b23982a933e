//! R7-pii-parameter: an event of the body honours the mark too.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: Option<&str>) {
    let it = note.unwrap_or("nobody").to_owned();
    observed_runtime::observed_event!(name = "said", attrs(said = public(it)));
    observed_record!(said = "it");
}

fn main() {}
