//! R7-unwraps-secret: also where one is named and not called.
//! Passes: `map(Sensitive::<u32>::declassify_ref)` -> `map(Sensitive::<u32>::clone)`

use data_privacy::Sensitive;
use observed_runtime::observed;

#[observed(name = "greet", attrs(n = word.map(Sensitive::<u32>::declassify_ref).is_some()))]
fn greet(word: Option<&Sensitive<u32>>) {}

fn main() {}
