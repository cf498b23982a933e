//! R7-pii-parameter: what is put into a local later is followed.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[derive(Default)]
struct Draft {
    lines: Vec<String>,
}

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: &str) {
    let mut text = String::new();
    text += note;
    let mut draft = Draft::default();
    let lines = &mut draft.lines;
    lines.push(text);
    let said = draft.lines.join(" ");
    observed_record!(said = public(said));
}

fn main() {}
