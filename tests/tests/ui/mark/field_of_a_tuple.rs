//! R7-pii-field: fields without names are marked by their position.
//! Passes: `n = pair.1` -> `n = pair.0`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Pair(u8, #[pii] u8);

#[observed(name = "price_order", attrs(n = pair.1))]
fn price(pair: &Pair) -> u8 {
    pair.0
}

fn main() {}
