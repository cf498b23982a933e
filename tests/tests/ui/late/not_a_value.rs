//! R8-not-a-value: a late attribute has a type that is an attribute value.
//! Passes: `total: Order` -> `total: u64`

use observed_runtime::observed;

struct Order;

#[observed(name = "price_order", late(total: Order))]
fn price(_: Order) {}

fn main() {}
