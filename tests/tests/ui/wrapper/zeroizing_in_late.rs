//! R7-hidden-value: and in a local that the body records.
//! Passes: `Zeroizing::new(3_u32)` -> `Box::new(3_u32)`

use observed_runtime::{observed, observed_record};
use zeroize::Zeroizing;

#[observed(name = "greet", late(n: u32))]
fn greet() {
    let word = Zeroizing::new(3_u32);
    observed_record!(n = *word);
}

fn main() {}
