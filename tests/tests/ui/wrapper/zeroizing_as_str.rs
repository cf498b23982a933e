//! R7-unwraps-secret: nor by a method of what is inside.
//! Passes: `word: &Zeroizing<String>` -> `word: &String`

use observed_runtime::observed;
use zeroize::Zeroizing;

#[observed(name = "greet", attrs(n = public(word.as_str())))]
fn greet(word: &Zeroizing<String>) {}

fn main() {}
