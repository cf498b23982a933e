//! R9-late-text: the status is an error with a code.
//! Passes: `public("no_price")` -> `error("no_price")`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(status: error))]
fn price() {
    observed_record!(status = public("no_price"));
}

fn main() {}
