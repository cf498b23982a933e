//! R7-whole-value: nor one in a pointer.
//! Passes: `Box<IpAddr>` -> `Box<u32>`

use std::net::IpAddr;

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = public_display(from)))]
fn accept(from: Box<IpAddr>) {}

fn main() {}
