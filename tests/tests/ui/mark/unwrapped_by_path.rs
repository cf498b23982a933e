//! R7-unwraps-secret: also as the path of a function.
//! Passes: `n = not_pii(Pii::into_exposed(note), "tried")` -> `n = size_of_val(&note)`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = not_pii(Pii::into_exposed(note), "tried")))]
fn greet(note: Pii<u32>) {
    let _ = note;
}

fn main() {}
