//! The OTLP exporter's variables (protocol/exporter of the OpenTelemetry specification).

use std::fmt;
use std::net::Ipv6Addr;
use std::time::Duration;

use super::proxies::{self, Proxies};
use super::reader::{COUNT, count};
use super::{Reader, resource};

/// How spans travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Grpc,
    HttpProtobuf,
}

/// Where to, and how.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Otlp {
    pub(crate) protocol: Protocol,
    pub(crate) endpoint: Endpoint,
    /// Names and values; values are credentials.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) timeout: Duration,
    /// Requests are compressed with gzip.
    pub(crate) gzip: bool,
    #[cfg_attr(not(feature = "_tls"), allow(dead_code, reason = "for TLS"))]
    pub(crate) tls: TlsFiles,
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
    pub(crate) proxies: Proxies,
}

/// The files of `OTEL_EXPORTER_OTLP_[TRACES_]CERTIFICATE` and its like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TlsFiles {
    pub(crate) certificate: Option<String>,
    pub(crate) client_certificate: Option<String>,
    pub(crate) client_key: Option<String>,
}

/// A checked URL; shown without what may be a credential.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(String);

const PROTOCOLS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
    "OTEL_EXPORTER_OTLP_PROTOCOL",
];
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];
const HEADERS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
    "OTEL_EXPORTER_OTLP_HEADERS",
];
const TIMEOUTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
    "OTEL_EXPORTER_OTLP_TIMEOUT",
];
const COMPRESSIONS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
    "OTEL_EXPORTER_OTLP_COMPRESSION",
];
pub(super) fn read(reader: &mut Reader<'_>) -> Otlp {
    let protocol = protocol(reader);
    Otlp {
        protocol,
        endpoint: endpoint(reader, protocol),
        headers: headers(reader),
        timeout: timeout(reader),
        gzip: gzip(reader),
        tls: tls(reader),
        proxies: proxies::read(reader),
    }
}

/// The signal's own variable wins.
fn tls(reader: &mut Reader<'_>) -> TlsFiles {
    let file = |end: &str| {
        let variable = |start: &str| format!("{start}_{end}");
        let own = reader.text(&variable("OTEL_EXPORTER_OTLP_TRACES"));
        own.or_else(|| reader.text(&variable("OTEL_EXPORTER_OTLP")))
    };
    let files = TlsFiles {
        certificate: file("CERTIFICATE"),
        client_certificate: file("CLIENT_CERTIFICATE"),
        client_key: file("CLIENT_KEY"),
    };
    let alone = match (&files.client_certificate, &files.client_key) {
        (Some(_), None) => "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
        (None, Some(_)) => "OTEL_EXPORTER_OTLP_CLIENT_KEY",
        _ => return files,
    };
    reader.refuse(alone, "a client has a key and a certificate, or neither");
    files
}

fn timeout(reader: &mut Reader<'_>) -> Duration {
    let milliseconds = reader.first_valid(&TIMEOUTS, COUNT, count);
    Duration::from_millis(milliseconds.unwrap_or(10_000) as u64)
}

fn gzip(reader: &mut Reader<'_>) -> bool {
    let gzip = reader.first_valid(&COMPRESSIONS, "gzip or none", |value| match value {
        "gzip" => Some(true),
        "none" => Some(false),
        _ => None,
    });
    gzip.unwrap_or(false)
}

fn protocol(reader: &mut Reader<'_>) -> Protocol {
    let protocol = reader.first_valid(&PROTOCOLS, "grpc or http/protobuf", |value| match value {
        "grpc" => Some(Protocol::Grpc),
        "http/protobuf" => Some(Protocol::HttpProtobuf),
        _ => None,
    });
    protocol.unwrap_or(Protocol::Grpc)
}

/// The signal's own variable is used as it is; to the general one, HTTP adds the signal's path.
fn endpoint(reader: &mut Reader<'_>, protocol: Protocol) -> Endpoint {
    let (general, default) = match protocol {
        Protocol::Grpc => ("", "http://localhost:4317"),
        Protocol::HttpProtobuf => ("/v1/traces", "http://localhost:4318"),
    };
    // Both are checked, also where one of them wins.
    for variable in ENDPOINTS {
        if let Some(url) = reader.text(variable)
            && let Err(accepted) = check_url(&url)
        {
            reader.reject(variable, accepted);
        }
    }
    let Some((variable, url)) = reader.first_of(&ENDPOINTS) else {
        return Endpoint(format!("{default}{general}"));
    };
    if variable == ENDPOINTS[0] {
        Endpoint(url)
    } else {
        let (base, query) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
        Endpoint(format!("{}{general}{query}", base.trim_end_matches('/')))
    }
}

fn check_url(url: &str) -> Result<(), &'static str> {
    const ACCEPTED: &str = "a URL such as http://localhost:4317";
    let (scheme, rest) = url.split_once("://").ok_or(ACCEPTED)?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" => {}
        "https" if cfg!(feature = "_tls") => {}
        "https" => {
            return Err("an http:// URL: for https:// build with the cargo feature `tls`");
        }
        _ => return Err(ACCEPTED),
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let address = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (address, None),
    };
    // What a URL may not contain outside of its percent-encoding (RFC 3986, appendix A).
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    let all_plain = authority.bytes().chain(path.bytes()).all(is_plain);
    if is_host(host) && port.is_none_or(is_port) && all_plain {
        Ok(())
    } else {
        Err(ACCEPTED)
    }
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

fn headers(reader: &mut Reader<'_>) -> Vec<(String, String)> {
    const ACCEPTED: &str = "name=value pairs separated by commas, percent-encoded";
    let headers = reader.first_valid(&HEADERS, ACCEPTED, |list| {
        let pairs: Vec<_> = resource::pairs(list).collect::<Option<_>>()?;
        let all_valid = pairs.iter().all(|(name, value)| is_header(name, value));
        all_valid.then_some(pairs)
    });
    headers.unwrap_or_default()
}

/// Field names are tokens, values visible ASCII and spaces (RFC 9110, section 5).
fn is_header(name: &str, value: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        && value
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

impl Endpoint {
    /// True for `https`.
    #[cfg_attr(not(feature = "_tls"), allow(dead_code, reason = "for TLS"))]
    pub(crate) fn is_tls(&self) -> bool {
        let scheme = self.0.split_once("://").map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
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

impl fmt::Debug for Otlp {
    /// Header values are left out: they are credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Otlp")
            .field("protocol", &self.protocol)
            .field("endpoint", &self.endpoint)
            .field("headers", &names)
            .field("timeout", &self.timeout)
            .field("gzip", &self.gzip)
            .field("tls", &self.tls)
            .field("proxies", &self.proxies)
            .finish()
    }
}
