//! R10-not-pii-reason: an override has a reason.
//! Passes: `not_pii(u64)` -> `not_pii(u64, "the number of cards")`

use observed_runtime::observed;

#[observed(name = "greet", late(card_number: not_pii(u64)))]
fn greet() {}

fn main() {}
