//! R7-unwraps-secret: what unwraps a secret is refused by its name.
//! Passes: `n = note.expose()` -> `n = size_of_val(note)`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = note.expose()))]
fn greet(note: &Pii<u32>) {
    let _ = note;
}

fn main() {}
