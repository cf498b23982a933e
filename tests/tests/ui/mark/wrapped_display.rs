//! R9-no-display: `Pii` has no `Display`.
//! Passes: `note: &Pii<u32>` -> `note: &u32`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = public_display(note)))]
fn greet(note: &Pii<u32>) {
    let _ = note;
}

fn main() {}
