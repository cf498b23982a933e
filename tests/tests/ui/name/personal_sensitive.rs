//! R10-personal-name: special categories are in the dictionary.
//! Passes: `n = religion` -> `n = tier`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = religion))]
fn greet(religion: u8, tier: u8) -> u8 {
    religion + tier
}

fn main() {}
