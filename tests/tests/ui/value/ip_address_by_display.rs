//! R7-whole-value: an IP address is not written out either.
//! Passes: `public_display(from)` -> `from.is_ipv4()`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = public_display(from)))]
fn accept(from: std::net::IpAddr) -> bool {
    from.is_ipv4()
}

fn main() {}
