//! R9-not-text: `Pii` is no text.
//! Passes: `note: &Pii<String>` -> `note: &String`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = public(note)))]
fn greet(note: &Pii<String>) {
    let _ = note;
}

fn main() {}
