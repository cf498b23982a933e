//! R10-personal-name: what a record names is looked up.
//! Passes: `total = card_number` -> `total = not_pii(card_number, "how many")`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(total: u64))]
fn greet(card_number: u64) {
    observed_record!(total = card_number);
}

fn main() {}
