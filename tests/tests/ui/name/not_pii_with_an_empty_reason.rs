//! R10-not-pii-reason: an empty reason is none.
//! Passes: `" "` -> `"the shelf in the warehouse"`

use observed_runtime::observed;

#[observed(name = "store", attrs(n = not_pii(address, " ")))]
fn store(address: u32) -> u32 {
    address
}

fn main() {}
