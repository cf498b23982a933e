//! R2-malformed-argument: a record records something.
//! Passes: `observed_record!()` -> `observed_record!(total = 1)`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(total: u64))]
fn price() {
    observed_record!();
}

fn main() {}
