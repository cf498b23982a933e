//! R7-whole-value: nor by the path of a function.
//! Passes: `u32::from(from)` -> `size_of_val(&from)`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = u32::from(from)))]
fn accept(from: std::net::Ipv4Addr) {}

fn main() {}
