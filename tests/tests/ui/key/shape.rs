//! R3-key-shape: lower-case words.
//! Passes: `"Order Lines"` -> `"order.lines"`

use observed_runtime::observed;

#[observed(name = "price_order", attrs("Order Lines" = lines))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}
