//! R7-whole-value: nor is the number that it is.
//! Passes: `from.to_bits()` -> `from.is_private()`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = from.to_bits()))]
fn accept(from: std::net::Ipv4Addr) {}

fn main() {}
