//! R7-hidden-value: under another name it is known by what it does.
//! Passes: `word: &Kept<u32>` -> `word: &Box<u32>`

use observed_runtime::observed;
use zeroize::Zeroizing as Kept;

#[observed(name = "greet", attrs(n = **word))]
fn greet(word: &Kept<u32>) {}

fn main() {}
