//! R9-not-text: `public(...)` copies text.

use observed_runtime::observed;

struct Order(u32);

#[observed(name = "price_order", attrs(order = public(order)))]
fn price(order: &Order) -> u32 {
    order.0
}

fn main() {}
