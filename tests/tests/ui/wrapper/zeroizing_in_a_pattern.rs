//! R7-unwraps-secret: nor out of a pattern.
//! Passes: `(word, _): (Zeroizing<u32>, u32)` -> `(word, _): (Box<u32>, u32)`

use observed_runtime::observed;
use zeroize::Zeroizing;

#[observed(name = "greet", attrs(n = *word))]
fn greet((word, _): (Zeroizing<u32>, u32)) {}

fn main() {}
