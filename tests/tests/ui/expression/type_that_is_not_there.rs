//! R5 (cannot find type `Ordr` in this scope): a type that is not there is told by the compiler, and no field is called marked.
//! Passes: `order: &Ordr` -> `order: &Order`

use observed_runtime::observed;

struct Order {
    total: u32,
}

#[observed(name = "price_order", attrs(order.total))]
fn price(order: &Ordr) {}

fn main() {}
