//! R9-late-text: text is recorded with a wrapper.
//! Passes: `action = action` -> `action = public(action)`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(action: text))]
fn price(action: &str) {
    observed_record!(action = action);
}

fn main() {}
