//! R8-not-a-value: `secrecy::SecretBox` is no value, even of a number.
//! Passes: `word: &SecretBox<u32>` -> `word: &u32`

use observed_runtime::observed;
use secrecy::SecretBox;

#[observed(name = "greet", attrs(n = word))]
fn greet(word: &SecretBox<u32>) {
    let _ = word;
}

fn main() {}
