//! R7-unwraps-secret: the ways out of a `Sensitive<T>` are known by their names.
//! Passes: `n = *word.declassify_ref()` -> `n = size_of_val(word)`

use data_privacy::Sensitive;
use observed_runtime::observed;

#[observed(name = "greet", attrs(n = *word.declassify_ref()))]
fn greet(word: &Sensitive<u32>) {}

fn main() {}
