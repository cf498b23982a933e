//! R1-late-undeclared: a status that the body sets is declared.
//! Passes: `"price_order"` -> `"price_order", late(status: error)`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order")]
fn price(cents: u64) {
    if cents == 0 {
        observed_record!(status = error("no_price"));
    }
}

fn main() {}
