//! R7-pii-parameter: a mark under a condition counts.
//! Passes: `#[cfg_attr(feature = "strict", pii, allow(unused))] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = note))]
fn greet(#[cfg_attr(feature = "strict", pii, allow(unused))] note: u32) -> u32 {
    note
}

fn main() {}
