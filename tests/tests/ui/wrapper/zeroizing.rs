//! R9-not-text: `Zeroizing<String>` is no text, although it dereferences to it.
//! Passes: `word: &Zeroizing<String>` -> `word: &String`

use observed_runtime::observed;
use zeroize::Zeroizing;

#[observed(name = "greet", attrs(n = public(word)))]
fn greet(word: &Zeroizing<String>) {
    let _ = word;
}

fn main() {}
