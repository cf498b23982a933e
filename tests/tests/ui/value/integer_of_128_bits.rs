//! R8-not-a-value: OTLP has no place for 128 bits.
//! Passes: `n: u128` -> `n: u32`

use observed_runtime::observed;

#[observed(name = "price_order", attrs(n))]
fn price(n: u128) -> u64 {
    n as u64
}

fn main() {}
