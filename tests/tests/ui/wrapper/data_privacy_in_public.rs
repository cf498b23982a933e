//! R9-not-text: nor is it text.
//! Passes: `word: &Sensitive<String>` -> `word: &String`

use data_privacy::Sensitive;
use observed_runtime::observed;

#[observed(name = "greet", attrs(n = public(word)))]
fn greet(word: &Sensitive<String>) {
    let _ = word;
}

fn main() {}
