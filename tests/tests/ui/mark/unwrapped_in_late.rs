//! R7-unwraps-secret: a late attribute is given no unwrapped secret.
//! Passes: `*note.expose()` -> `size_of_val(note) as u64`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", late(n: u64))]
fn greet(note: &Pii<u64>) {
    n.set(*note.expose());
}

fn main() {}
