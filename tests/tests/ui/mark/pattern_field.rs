//! R7-pii-field: a name that a struct pattern binds has the mark of its field.
//! Passes: `#[pii]` -> ``

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii]
    contact: String,
}

#[observed(name = "price_order", attrs(n = bound.len()))]
fn price(Customer { tier: _, contact: bound }: &Customer) -> usize {
    bound.len()
}

fn main() {}
