//! R7-unwraps-secret: nor by way of a local.
//! Passes: `word: &Zeroizing<u32>` -> `word: &Box<u32>`

use observed_runtime::{observed, observed_record};
use zeroize::Zeroizing;

#[observed(name = "greet", late(n: u32))]
fn greet(word: &Zeroizing<u32>) {
    let copy = **word;
    observed_record!(n = copy);
}

fn main() {}
