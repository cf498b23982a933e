//! R10-personal-name: what a text shows by name is looked up.
//! Passes: `{email}` -> `{label}`

use observed_runtime::{observed, observed_record};

#[observed(name = "send", late(said: text))]
fn send(email: &str, label: &str) {
    let text = format!("<{email}>");
    observed_record!(said = public(&text));
}

fn main() {}
