//! R7-unwraps-secret: also by the path of its trait.
//! Passes: `ExposeSecret::expose_secret(word)` -> `Clone::clone(&word)`

use observed_runtime::observed;
use secrecy::{ExposeSecret, SecretBox};

#[observed(name = "greet", attrs(n = size_of_val(ExposeSecret::expose_secret(word))))]
fn greet(word: &SecretBox<u32>) {}

fn main() {}
