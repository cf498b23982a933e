//! R8-not-a-value: an IP address is personal data.
//! Passes: `peer = address` -> `peer = address.is_ipv4()`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = address))]
fn accept(address: std::net::IpAddr) -> bool {
    address.is_ipv4()
}

fn main() {}
