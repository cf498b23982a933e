//! R8-not-a-value: `secrecy::SecretString` is no value.
//! Passes: `word: &SecretString` -> `word: &u32`

use observed_runtime::observed;
use secrecy::SecretString;

#[observed(name = "greet", attrs(n = word))]
fn greet(word: &SecretString) {
    let _ = word;
}

fn main() {}
