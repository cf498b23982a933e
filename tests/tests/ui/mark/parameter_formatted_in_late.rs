//! R7-pii-parameter: a format string that names it mentions it.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::observed;

#[observed(name = "greet", late(n: public(String)))]
fn greet(#[pii] note: u32) -> u32 {
    n.set(&format!("{note}"));
    note
}

fn main() {}
