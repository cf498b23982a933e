//! R4-returns-future: a future beside another value.
//! Passes: `#[observed(name = "fetch")]` -> ``

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> (impl Future<Output = u32>, u8) {
    (async { 1 }, 1)
}

fn main() {}
