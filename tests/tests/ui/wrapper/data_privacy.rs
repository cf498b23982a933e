//! R8-not-a-value: a `Sensitive<T>` of `data_privacy` is no value.
//! Passes: `word: &Sensitive<u32>` -> `word: &u32`

use data_privacy::Sensitive;
use observed_runtime::observed;

#[observed(name = "greet", attrs(n = word))]
fn greet(word: &Sensitive<u32>) {
    let _ = word;
}

fn main() {}
