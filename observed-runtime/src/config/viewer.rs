//! `OBSERVED_VIEWER_ADDRESS`: where the page with the last traces is served, on this machine only.

use std::net::{Ipv4Addr, SocketAddr};

use super::Reader;

const VARIABLE: &str = "OBSERVED_VIEWER_ADDRESS";
const ACCEPTED: &str = "a loopback address with a port, such as 127.0.0.1:4300 or [::1]:4300, or 127.0.0.1:0 for a free port: the page is for \
                        this machine only";

pub(super) fn read(reader: &mut Reader<'_>) -> SocketAddr {
    let address = reader.first_valid(&[VARIABLE], ACCEPTED, |text| {
        let address: SocketAddr = text.parse().ok()?;
        address.ip().is_loopback().then_some(address)
    });
    address.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
}
