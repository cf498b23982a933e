//! R1-key-needed: only a place made of names is its own key.
//! Passes: `attrs(pair` -> `attrs(n = pair`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(pair.0))]
fn price(pair: (u32, u32)) -> u32 {
    pair.1
}

fn main() {}
