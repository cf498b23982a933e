//! R7-unwraps-secret: also by a qualified path, and without a call.
//! Passes: `<Pii<u32>>::expose` -> `<Pii<u32>>::clone`

use observed_runtime::{Pii, observed};

#[observed(name = "greet", attrs(n = note.map(<Pii<u32>>::expose).is_some()))]
fn greet(note: Option<&Pii<u32>>) {}

fn main() {}
