//! R7-unwraps-secret: nor where the method is a function, or the wrapper in a pointer.
//! Passes: `word: &Arc<Zeroizing<String>>` -> `word: &Arc<String>`

use std::sync::Arc;

use observed_runtime::observed;
use zeroize::Zeroizing;

#[observed(name = "greet", attrs(n = public(String::as_str(word))))]
fn greet(word: &Arc<Zeroizing<String>>) {}

fn main() {}
