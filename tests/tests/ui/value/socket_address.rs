//! R8-not-a-value: a socket address contains one.
//! Passes: `peer = from` -> `peer = from.port()`

use observed_runtime::observed;

#[observed(name = "accept", attrs(peer = from))]
fn accept(from: &std::net::SocketAddr) -> u16 {
    from.port()
}

fn main() {}
