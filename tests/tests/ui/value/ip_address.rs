//! R8-not-a-value: an IP address is personal data.
//! Passes: `peer = from` -> `peer = from.is_ipv4()`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = from))]
fn accept(from: std::net::IpAddr) -> bool {
    from.is_ipv4()
}

fn main() {}
