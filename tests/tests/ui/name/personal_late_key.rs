//! R10-personal-name: a late key is looked up.
//! Passes: `card_number` -> `card_count`

use observed_runtime::observed;

#[observed(name = "greet", late(card_number: u64))]
fn greet() {}

fn main() {}
