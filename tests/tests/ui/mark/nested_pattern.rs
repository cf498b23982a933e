//! R7-nested-pattern: a nested pattern has no type that could be asked.
//! Passes: `attrs(n = lines)` -> `root`

use observed_runtime::observed;

struct Inner {
    lines: u32,
}

struct Outer {
    inner: Inner,
}

#[observed(name = "price_order", attrs(n = lines))]
fn price(Outer { inner: Inner { lines } }: Outer) -> u32 {
    lines
}

fn main() {}
