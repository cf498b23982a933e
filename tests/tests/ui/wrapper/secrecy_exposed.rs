//! R7-unwraps-secret: `expose_secret` is known by its name.
//! Passes: `n = *word.expose_secret()` -> `n = size_of_val(word)`

use observed_runtime::observed;
use secrecy::{ExposeSecret, SecretBox};

#[observed(name = "greet", attrs(n = *word.expose_secret()))]
fn greet(word: &SecretBox<u32>) {
    let _ = word.expose_secret();
}

fn main() {}
