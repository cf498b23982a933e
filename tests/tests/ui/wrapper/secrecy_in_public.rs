//! R9-not-text: `public` takes no wrapper.
//! Passes: `word: &SecretString` -> `word: &String`

use observed_runtime::observed;
use secrecy::SecretString;

#[observed(name = "greet", attrs(n = public(word)))]
fn greet(word: &SecretString) {
    let _ = word;
}

fn main() {}
