//! R7-unwraps-secret: nothing that is taken out of a `Zeroizing<T>` is recorded.
//! Passes: `word: &Zeroizing<u32>` -> `word: &Box<u32>`

use observed_runtime::observed;
use zeroize::Zeroizing;

#[observed(name = "greet", attrs(n = **word))]
fn greet(word: &Zeroizing<u32>) {}

fn main() {}
