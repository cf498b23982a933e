//! R7-unwraps-secret: also before the record.
//! Passes: `*word.expose_secret()` -> `one(word.expose_secret())`

use observed_runtime::{observed, observed_record};
use secrecy::{ExposeSecret, SecretBox};

#[observed(name = "greet", late(n: u32))]
fn greet(word: &SecretBox<u32>) {
    let copy = *word.expose_secret();
    observed_record!(n = copy);
}

fn one(_: &u32) -> u32 {
    1
}

fn main() {}
