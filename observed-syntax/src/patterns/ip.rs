//! Public internet addresses (RFC 791, RFC 4291): of a caller they are personal data, of one's own servers, of private
//! networks and of this machine they are not. A network with its prefix length is nobody's.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::scan::{before, has_word, is_told, run};

/// Keys of one's own machines, such as `server.address`; the other side's words win.
const OWN: &[&str] = &[
    "backend",
    "bind",
    "broker",
    "cluster",
    "container",
    "gateway",
    "host",
    "listen",
    "listener",
    "local",
    "node",
    "pod",
    "server",
    "upstream",
];
const OTHERS: &[&str] = &[
    "caller",
    "client",
    "customer",
    "forwarded",
    "peer",
    "remote",
    "source",
    "user",
    "visitor",
];

/// Four numbers with dots are a version too.
const VERSIONS: &[&str] = &["build", "release", "v", "ver", "versao", "version"];

pub(super) fn is_own(key: &str) -> bool {
    has_word(key, OWN) && !has_word(key, OTHERS)
}

pub(super) fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    (is_v4_at(bytes, start) || is_v6_at(bytes, start)) && !is_own(key)
}

fn is_v4_at(bytes: &[u8], start: usize) -> bool {
    if !bytes[start + 1..].iter().take(3).any(|byte| *byte == b'.')
        || before(bytes, start).is_some_and(|byte| byte == b'.' || byte.is_ascii_alphanumeric())
    {
        return false;
    }
    let limit = bytes.len().min(start + 17);
    let length = run(&bytes[..limit], start, |byte| {
        byte.is_ascii_digit() || byte == b'.'
    });
    let text = bytes[start..start + length].strip_suffix(b".");
    let text = text.unwrap_or(&bytes[start..start + length]);
    let Some(address) = parse::<Ipv4Addr>(text) else {
        return false;
    };
    let end = start + text.len();
    !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
        && is_somebodys_v4(address)
        && !is_network(bytes, end, 32)
        && !is_version(bytes, start)
}

fn is_somebodys_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    // Carriers' own networks (RFC 6598) and the reserved ones (RFC 1112).
    let is_shared = octets[0] == 100 && (64..128).contains(&octets[1]);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || is_shared
        || octets[0] == 0
        || octets[0] >= 240)
}

/// `/24` after the address; the longest prefix is one machine.
fn is_network(bytes: &[u8], end: usize, longest: usize) -> bool {
    if bytes.get(end) != Some(&b'/') {
        return false;
    }
    let length = run(&bytes[..bytes.len().min(end + 5)], end + 1, |byte| {
        byte.is_ascii_digit()
    });
    let prefix = std::str::from_utf8(&bytes[end + 1..end + 1 + length]);
    let prefix = prefix.ok().and_then(|digits| digits.parse::<usize>().ok());
    prefix.is_some_and(|prefix| prefix < longest)
}

/// `Firefox/1.2.3.4`, `version 1.2.3.4`
fn is_version(bytes: &[u8], start: usize) -> bool {
    let product = bytes[..start].strip_suffix(b"/");
    let follows_product =
        product.is_some_and(|rest| rest.last().is_some_and(u8::is_ascii_alphabetic));
    follows_product || is_told(bytes, start, VERSIONS)
}

/// What providers give out is in `2000::/3` (IANA), so the first group has four digits; paths such as `dead::beef` are not.
fn is_v6_at(bytes: &[u8], start: usize) -> bool {
    const LONGEST: usize = 39;
    if bytes.get(start + 4) != Some(&b':') || !b"23".contains(&bytes[start]) {
        return false;
    }
    let limit = bytes.len().min(start + LONGEST + 2);
    let length = run(&bytes[..limit], start, |byte| {
        byte.is_ascii_hexdigit() || byte == b':'
    });
    is_v6(bytes, start, length)
}

fn is_v6(bytes: &[u8], start: usize, length: usize) -> bool {
    let text = &bytes[start..start + length];
    let text = text
        .strip_suffix(b":")
        .filter(|rest| !rest.ends_with(b":"))
        .unwrap_or(text);
    let end = start + text.len();
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if !(6..=39).contains(&text.len())
        || bytes[..start].last().is_some_and(joins)
        || bytes.get(end).is_some_and(joins)
    {
        return false;
    }
    parse::<Ipv6Addr>(text).is_some_and(|address| address.segments()[0] >> 13 == 1)
        && !is_network(bytes, end, 128)
}

fn parse<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}
