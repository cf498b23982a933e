//! `NO_PROXY`: what is reached without a proxy. Hosts are compared without case and without the dot at their end, and an IPv4
//! address in IPv6's form as what it is.

use std::net::IpAddr;

use crate::config::endpoint;

/// One entry of the list, which has a port or is for all of them.
#[derive(Debug, PartialEq, Eq)]
enum Entry {
    Everything,
    /// An address and how many of its first bits count.
    Network(IpAddr, u32, Option<u16>),
    /// A host, and what is below it.
    Domain(String, Option<u16>),
}

/// True for the names and addresses by which a machine calls itself.
pub(super) fn is_this_machine(host: &str) -> bool {
    match address(host) {
        Some(address) => address.is_loopback(),
        None => name(host) == "localhost",
    }
}

/// Whether the list has the host with this port, and whether each of its entries can be read.
pub(super) fn exempts(list: &str, host: &str, port: u16) -> (bool, bool) {
    let texts = list.split([',', ' ', '\t']).filter(|text| !text.is_empty());
    let entries: Vec<Option<Entry>> = texts.map(entry).collect();
    let all_read = entries.iter().all(Option::is_some);
    let exempts = entries.iter().flatten().any(|entry| entry.has(host, port));
    (exempts, all_read)
}

fn entry(text: &str) -> Option<Entry> {
    if text == "*" {
        return Some(Entry::Everything);
    }
    if let Some((network, bits)) = text.split_once('/') {
        let (network, bits) = (network.parse::<IpAddr>().ok()?, bits.parse().ok()?);
        return (bits <= length(network)).then_some(Entry::Network(network, bits, None));
    }
    // An IPv6 address stands here without brackets too.
    let (host, port) = if text.parse::<IpAddr>().is_ok() {
        (text, None)
    } else {
        let below = text
            .strip_prefix('*')
            .filter(|below| below.starts_with('.'));
        endpoint::host_and_port(below.unwrap_or(text))?
    };
    Some(match address(host) {
        Some(address) => Entry::Network(address, length(address), port),
        None => Entry::Domain(name(host.trim_start_matches('.')), port),
    })
}

impl Entry {
    fn has(&self, host: &str, port: u16) -> bool {
        let is_port = |wanted: &Option<u16>| wanted.is_none_or(|wanted| wanted == port);
        match self {
            Self::Everything => true,
            Self::Network(network, bits, wanted) => {
                let is_in = |address| is_in(address, *network, *bits);
                is_port(wanted) && address(host).is_some_and(is_in)
            }
            Self::Domain(domain, wanted) => {
                let (host, is_name) = (name(host), address(host).is_none());
                let is_below = || {
                    host.strip_suffix(domain.as_str())
                        .is_some_and(|below| below.ends_with('.'))
                };
                is_port(wanted) && is_name && (host == *domain || is_below())
            }
        }
    }
}

fn is_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let first = |number: u128, of: u32| number.checked_shr(of - bits).unwrap_or(0);
    match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            first(one.to_bits().into(), 32) == first(other.to_bits().into(), 32)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            first(one.to_bits(), 128) == first(other.to_bits(), 128)
        }
        _ => false,
    }
}

fn length(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn address(host: &str) -> Option<IpAddr> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.parse::<IpAddr>()
        .ok()
        .map(|address| address.to_canonical())
}

fn name(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_list_has_is_exempt_and_nothing_else() {
        for (list, host, port, expected) in [
            ("*", "c.test", 4317, true),
            ("*", "10.1.2.3", 4317, true),
            ("*", "[2001:db8::1]", 4317, true),
            ("c.test", "c.test", 4317, true),
            ("c.test", "a.c.test", 4317, true),
            ("c.test", "notc.test", 4317, false),
            ("c.test", "c.test.", 4317, true),
            ("C.Test.", "c.tEST", 4317, true),
            (".c.test", "a.c.test", 4317, true),
            (".c.test", "c.test", 4317, true),
            ("*.test", "c.test", 4317, true),
            ("*.test", "c.other", 4317, false),
            ("c.test:4318", "c.test", 4318, true),
            ("c.test:4318", "c.test", 4317, false),
            ("10.255.255.1:4318", "10.255.255.1", 4318, true),
            ("10.255.255.1:4318", "10.255.255.1", 4317, false),
            ("10.0.0.0/8", "10.255.255.1", 4317, true),
            ("10.0.0.0/8", "11.0.0.1", 4317, false),
            ("0.0.0.0/0", "11.0.0.1", 4317, true),
            ("10.0.0.0/8", "[::ffff:10.1.1.1]", 4317, true),
            ("::/0", "[2001:db8::1]", 4317, true),
            ("::/0", "10.1.1.1", 4317, false),
            ("2001:db8::1", "[2001:DB8:0::1]", 4317, true),
            ("[2001:db8::1]", "[2001:db8::1]", 4317, true),
            ("[2001:db8::1]:1", "[2001:db8::1]", 4317, false),
            ("2001:db8::/32", "[2001:db8:1::1]", 4317, true),
            ("1", "10.0.0.1", 4317, false),
            ("a.test, c.test", "c.test", 4317, true),
            ("a.test c.test", "c.test", 4317, true),
            ("", "c.test", 4317, false),
        ] {
            let found = exempts(list, host, port);
            assert_eq!(found, (expected, true), "{list} for {host}:{port}");
        }
    }

    #[test]
    fn an_entry_that_nobody_can_read_is_told_and_the_others_count() {
        for unread in [
            "10.0.0.0/33",
            "10.*",
            "<local>",
            "c.test:x",
            "a*.test",
            "*a.test",
            "[::1",
        ] {
            let found = exempts(&format!("{unread},c.test"), "c.test", 4317);
            assert_eq!(found, (true, false), "{unread}");
        }
    }

    #[test]
    fn a_machine_calls_itself_by_several_names() {
        for host in [
            "localhost",
            "LOCALHOST",
            "localhost.",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["localhost.test", "128.0.0.1", "[::2]", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
