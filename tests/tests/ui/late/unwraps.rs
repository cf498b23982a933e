//! R7-unwraps-secret: a record unwraps no secret.
//! Passes: `*note.expose()` -> `size_of_val(note) as u64`

use observed_runtime::{Pii, observed, observed_record};

#[observed(name = "greet", late(n: u64))]
fn greet(note: &Pii<u64>) {
    observed_record!(n = *note.expose());
}

fn main() {}
