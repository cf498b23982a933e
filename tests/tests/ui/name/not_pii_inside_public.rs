//! R9-wrapper-nesting: `not_pii` stands outside.
//! Passes: `public(not_pii(address, "a shelf"))` -> `not_pii(public(address), "a shelf")`

use observed_runtime::observed;

#[observed(name = "store", attrs(n = public(not_pii(address, "a shelf"))))]
fn store(address: &str) -> usize {
    address.len()
}

fn main() {}
