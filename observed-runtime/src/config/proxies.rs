//! The proxies that everything on a machine goes by: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, in either case.

mod exempt;

use std::fmt;

use super::endpoint::{self, Endpoint};
use super::{Reader, resource};

/// A proxy that is spoken to in clear, by HTTP; its user and password are a credential.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
pub(crate) struct Proxy {
    /// `host`, or `host:port`; an IPv6 address is in brackets.
    pub(crate) address: String,
    /// `user:password`, decoded.
    pub(crate) user: Option<String>,
}

const ACCEPTED: &str =
    "http://[user:password@]host[:port] or host:port: a proxy is spoken to in clear, by HTTP";
const NO: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The proxy on the way to the receiver, where there is one. Only what is used may be fatal.
pub(super) fn read(reader: &mut Reader<'_>, endpoint: &Endpoint) -> Option<Proxy> {
    let (http, https) = (of_http(reader), ["https_proxy", "HTTPS_PROXY"].as_slice());
    let (used, other) = if endpoint.is_tls() {
        (https, http)
    } else {
        (http, https)
    };
    let is_exempt = is_exempt(reader, endpoint);
    reader.unused(true, |reader| reader.first_valid(other, ACCEPTED, proxy));
    let found = reader.unused(is_exempt, |reader| {
        reader.first_valid(used, ACCEPTED, proxy)
    });
    found.filter(|_| !is_exempt)
}

/// A web server's environment has what a client sent as `Proxy` under the name in upper case; code is no client.
fn of_http(reader: &mut Reader<'_>) -> &'static [&'static str] {
    const BOTH: &[&str] = &["http_proxy", "HTTP_PROXY"];
    let is_foreign = reader.text("REQUEST_METHOD").is_some() && !reader.is_in_code("HTTP_PROXY");
    if is_foreign { &BOTH[..1] } else { BOTH }
}

fn is_exempt(reader: &mut Reader<'_>, endpoint: &Endpoint) -> bool {
    let host = endpoint.host();
    if exempt::is_this_machine(host) {
        return true;
    }
    let Some((variable, list)) = reader.first_of(&NO) else {
        return false;
    };
    let (exempts, all_read) = exempt::exempts(&list, host, endpoint.port());
    if !all_read {
        reader.warn(
            variable,
            "an entry is ignored: entries are *, hosts, *.domains, addresses and networks, with a port or without",
        );
    }
    exempts
}

/// A proxy as it is set.
fn proxy(text: &str) -> Option<Proxy> {
    let (is_url, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.eq_ignore_ascii_case("http").then_some(true)?, rest),
        None => (false, text),
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (user, address) = match rest.rsplit_once('@') {
        Some((user, address)) => (Some(decoded(user)?), address),
        None => (None, rest),
    };
    let (host, port) = endpoint::host_and_port(address)?;
    // A lone word is more likely a mistake than a host.
    (is_url || port.is_some()).then_some(())?;
    (!host.is_empty()).then(|| Proxy {
        address: address.to_owned(),
        user,
    })
}

/// A user and a password, without what would end the address before them.
fn decoded(user: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"/?#\\".contains(&byte);
    user.bytes().all(is_plain).then_some(())?;
    resource::percent_decoded(user)
}

impl fmt::Debug for Proxy {
    /// Without the user: it has a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
