//! R3-name-length: at most 64 characters.
//! Passes: `_to_the_buyer` -> ``

use observed_runtime::observed;

#[observed(name = "price_the_order_and_then_ship_it_and_then_send_the_bill_to_the_buyer")]
fn price() {}

fn main() {}
