//! R8-derive-argument: a mark on a type would mark nothing.
//! Passes: `#[pii]` -> ``

use observed_runtime::Classified;

#[derive(Classified)]
#[pii]
struct Customer {
    tier: u8,
}

fn main() {}
