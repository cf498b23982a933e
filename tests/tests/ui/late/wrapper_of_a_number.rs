//! R9-late-text: a value of a type is recorded without a wrapper.
//! Passes: `public_display(lines)` -> `lines`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(total: u64))]
fn price(lines: u64) {
    observed_record!(total = public_display(lines));
}

fn main() {}
