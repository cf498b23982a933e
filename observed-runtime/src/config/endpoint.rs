//! `OTEL_EXPORTER_OTLP_[TRACES_]ENDPOINT`: a URL that is checked before anything is sent to it.

use std::fmt;
use std::net::Ipv6Addr;

use super::Reader;

/// A checked URL; shown without what may be a credential.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(String);

const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];

/// The signal's own variable is used as it is; to the general one, and to `default`, the path `general` is added.
/// `host:port` gets the scheme `schemeless`, if there is one.
pub(super) fn read(
    reader: &mut Reader<'_>,
    default: &str,
    general: &str,
    schemeless: Option<&str>,
) -> Endpoint {
    let Some((variable, url)) = reader.first_of(&ENDPOINTS) else {
        return Endpoint(format!("{default}{general}"));
    };
    // Both are looked at; only the one that wins may be fatal.
    for checked in ENDPOINTS {
        if let Some(url) = reader.text(checked) {
            let url = with_scheme(&url, schemeless);
            reader.unused(checked != variable, |reader| check(reader, checked, &url));
        }
    }
    let url = with_scheme(&url, schemeless);
    if variable == ENDPOINTS[0] {
        Endpoint(url)
    } else {
        let (base, query) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
        Endpoint(format!("{}{general}{query}", base.trim_end_matches('/')))
    }
}

/// The URL with its scheme in lower case; `host:port`, which gRPC takes too, with the scheme `schemeless`.
fn with_scheme(url: &str, schemeless: Option<&str>) -> String {
    if let Some((scheme, rest)) = url.split_once("://") {
        return format!("{}://{rest}", scheme.to_ascii_lowercase());
    }
    // A lone word is more likely a mistake than a host.
    let port = url.rsplit_once(':').map(|(_, port)| port);
    match schemeless {
        Some(scheme) if port.is_some_and(is_port) => format!("{scheme}://{url}"),
        _ => url.to_owned(),
    }
}

fn check(reader: &mut Reader<'_>, variable: &str, url: &str) {
    if let Err(accepted) = check_url(url) {
        reader.reject(variable, accepted);
    } else if authority(url).contains('@') {
        reader.refuse(
            variable,
            "a user and a password are no part of the endpoint: OTEL_EXPORTER_OTLP_HEADERS takes credentials",
        );
    }
}

/// What stands between the scheme and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn check_url(url: &str) -> Result<(), &'static str> {
    const ACCEPTED: &str = "a URL such as http://localhost:4317";
    let (scheme, rest) = url.split_once("://").ok_or(ACCEPTED)?;
    match scheme {
        "http" => {}
        "https" if cfg!(feature = "_tls") => {}
        "https" => {
            return Err("an http:// URL: for https:// build with the cargo feature `tls`");
        }
        _ => return Err(ACCEPTED),
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let address = authority.rsplit('@').next().unwrap_or_default();
    // What a URL may not contain outside of its percent-encoding (RFC 3986, appendix A).
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    let all_plain = authority.bytes().chain(path.bytes()).all(is_plain);
    if host_and_port(address).is_some() && all_plain {
        Ok(())
    } else {
        Err(ACCEPTED)
    }
}

/// The parts of `host` or `host:port`.
pub(super) fn host_and_port(address: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (address, None),
    };
    let is_valid = is_host(host) && port.is_none_or(is_port);
    is_valid.then(|| (host, port.and_then(|port| port.parse().ok())))
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|port| port != 0)
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(inside) = host.strip_prefix('[') {
        let address = inside.strip_suffix(']');
        return address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let is_in_names = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    !host.is_empty() && host.bytes().all(is_in_names)
}

impl Endpoint {
    /// True for `https`.
    pub(crate) fn is_tls(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The host as it is written; empty where the URL is none.
    pub(super) fn host(&self) -> &str {
        host_and_port(authority(&self.0)).map_or("", |(host, _)| host)
    }

    /// The port, or the one that the scheme stands for.
    pub(super) fn port(&self) -> u16 {
        let own = host_and_port(authority(&self.0)).and_then(|(_, port)| port);
        own.unwrap_or(if self.is_tls() { 443 } else { 80 })
    }

    /// The URL itself, for the exporter only.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
    pub(crate) fn url(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Endpoint {
    /// Without user information, query and fragment: they may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = shown.split_once("://").unwrap_or(("http", shown));
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let host = authority.rsplit('@').next().unwrap_or_default();
        write!(f, "{scheme}://{host}{path}")
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
