//! R1-late-undeclared: what is recorded late is declared.
//! Passes: `name = "price_order"` -> `name = "price_order", late(lines: u64)`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order")]
fn price(lines: u64) {
    observed_record!(lines);
}

fn main() {}
