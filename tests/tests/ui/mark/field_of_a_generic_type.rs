//! R7-pii-field: a generic type has its marks too.
//! Passes: `n = held.holder_of` -> `n = held.value`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Held<T> {
    value: T,
    #[pii]
    holder_of: T,
}

#[observed(name = "price_order", attrs(n = held.holder_of))]
fn price<T: Copy>(held: &Held<u8>, _other: T) -> u8 {
    held.value
}

fn main() {}
