//! R10-not-pii-reason: an override says why.
//! Passes: `not_pii(address)` -> `not_pii(address, "the shelf in the warehouse")`

use observed_runtime::observed;

#[observed(name = "store", attrs(n = not_pii(address)))]
fn store(address: u32) -> u32 {
    address
}

fn main() {}
