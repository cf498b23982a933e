//! R8-not-a-value: OTLP has no place for 128 bits.

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n))]
fn price(n: u128) -> u128 {
    n
}

fn main() {}
