//! R7-pii-parameter: the code of a status is no personal data.
//! Passes: `error(note)` -> `error("noted")`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(status: error))]
fn price(#[pii] note: &'static str) {
    observed_record!(status = error(note));
}

fn main() {}
