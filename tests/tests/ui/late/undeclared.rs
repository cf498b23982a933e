//! R1-late-undeclared: what is recorded late is declared.
//! Passes: `order.cent = ` -> `order.cents = `

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(order.cents: u64, order.lines: u64))]
fn price(cents: u64) {
    observed_record!(order.cent = cents);
}

fn main() {}
