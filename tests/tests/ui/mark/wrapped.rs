//! R8-not-a-value: `Pii` lets nothing out.
//! Passes: `note: &Pii<u32>` -> `note: &u32`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = note))]
fn greet(note: &Pii<u32>) {
    let _ = note;
}

fn main() {}
