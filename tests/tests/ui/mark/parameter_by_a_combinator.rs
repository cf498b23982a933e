//! R7-pii-parameter: what a combinator may give instead is followed.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
fn greet(nick: Option<&str>, #[pii] note: &str) {
    let said = nick.map_or_else(|| note, str::trim);
    observed_record!(said = public(said));
}

fn main() {}
