//! The OTLP exporter's variables (protocol/exporter of the OpenTelemetry specification).

use std::fmt;
use std::time::Duration;

use super::endpoint::{self, Endpoint};
use super::proxies::{self, Proxy};
use super::{Reader, resource};

/// How spans travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Grpc,
    HttpProtobuf,
}

/// Who makes the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtlpEncoder {
    /// This crate, straight from the records.
    Direct,
    /// `opentelemetry-otlp`, by way of the SDK's spans.
    Sdk,
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
    /// `OBSERVED_OTLP_ENCODER`.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
    pub(crate) encoder: OtlpEncoder,
    #[cfg_attr(not(feature = "_tls"), allow(dead_code, reason = "for TLS"))]
    pub(crate) tls: TlsFiles,
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
    pub(crate) proxy: Option<Proxy>,
}

/// The files of `OTEL_EXPORTER_OTLP_[TRACES_]CERTIFICATE` and its like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TlsFiles {
    pub(crate) certificate: Option<TlsFile>,
    pub(crate) client_certificate: Option<TlsFile>,
    pub(crate) client_key: Option<TlsFile>,
}

/// A file, and the variable that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "_tls"), allow(dead_code, reason = "for TLS"))]
pub(crate) struct TlsFile {
    pub(crate) variable: &'static str,
    pub(crate) path: String,
}

const PROTOCOLS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
    "OTEL_EXPORTER_OTLP_PROTOCOL",
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
const INSECURES: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
    "OTEL_EXPORTER_OTLP_INSECURE",
];
const ENCODER: &str = "OBSERVED_OTLP_ENCODER";
const CERTIFICATES: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
    "OTEL_EXPORTER_OTLP_CERTIFICATE",
];
const CLIENT_CERTIFICATES: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE",
    "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
];
const CLIENT_KEYS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY",
    "OTEL_EXPORTER_OTLP_CLIENT_KEY",
];
/// What the transport says itself, of each request.
const OF_THE_TRANSPORT: [&str; 9] = [
    "content-length",
    "content-encoding",
    "content-type",
    "grpc-encoding",
    "transfer-encoding",
    "grpc-timeout",
    "te",
    "host",
    "connection",
];

pub(super) fn read(reader: &mut Reader<'_>) -> Otlp {
    let protocol = protocol(reader);
    let endpoint = match protocol {
        Protocol::Grpc => {
            let scheme = if insecure(reader) { "http" } else { "https" };
            endpoint::read(reader, "http://localhost:4317", "", Some(scheme))
        }
        Protocol::HttpProtobuf => {
            endpoint::read(reader, "http://localhost:4318", "/v1/traces", None)
        }
    };
    Otlp {
        protocol,
        headers: headers(reader),
        timeout: reader.timeout(&TIMEOUTS, 10_000),
        gzip: gzip(reader),
        encoder: encoder(reader),
        tls: tls(reader, endpoint.is_tls()),
        proxy: proxies::read(reader, &endpoint),
        endpoint,
    }
}

/// Whether gRPC goes without TLS where the endpoint has no scheme.
fn insecure(reader: &mut Reader<'_>) -> bool {
    let set = reader.first_of(&INSECURES);
    set.is_some_and(|(variable, _)| reader.standard_switch(variable))
}

/// The signal's own variable wins. Over plain HTTP none of them is used.
fn tls(reader: &mut Reader<'_>, is_tls: bool) -> TlsFiles {
    let certificate = reader.first_of(&CERTIFICATES);
    let client_certificate = reader.first_of(&CLIENT_CERTIFICATES);
    let client_key = reader.first_of(&CLIENT_KEYS);
    let alone = match (&client_certificate, &client_key) {
        (Some((variable, _)), None) | (None, Some((variable, _))) => Some(*variable),
        _ => None,
    };
    if is_tls && let Some(alone) = alone {
        reader.refuse(alone, "a client has a key and a certificate, or neither");
    }
    for (variable, _) in [&certificate, &client_certificate, &client_key]
        .into_iter()
        .flatten()
        .filter(|_| !is_tls)
    {
        reader.warn(variable, "ignored: it takes an https:// endpoint");
    }
    let file = |set: Option<(&'static str, String)>| {
        set.map(|(variable, path)| TlsFile { variable, path })
    };
    TlsFiles {
        certificate: file(certificate),
        client_certificate: file(client_certificate),
        client_key: file(client_key),
    }
}

fn gzip(reader: &mut Reader<'_>) -> bool {
    let gzip = reader.first_valid(&COMPRESSIONS, "gzip or none", |value| {
        match value.to_ascii_lowercase().as_str() {
            "gzip" => Some(true),
            "none" => Some(false),
            _ => None,
        }
    });
    gzip.unwrap_or(false)
}

fn encoder(reader: &mut Reader<'_>) -> OtlpEncoder {
    let encoder = reader.first_valid(&[ENCODER], "direct or sdk", |value| {
        match value.to_ascii_lowercase().as_str() {
            "direct" => Some(OtlpEncoder::Direct),
            "sdk" => Some(OtlpEncoder::Sdk),
            _ => None,
        }
    });
    encoder.unwrap_or(OtlpEncoder::Direct)
}

fn protocol(reader: &mut Reader<'_>) -> Protocol {
    let protocol = reader.first_valid(&PROTOCOLS, "grpc or http/protobuf", |value| {
        match value.to_ascii_lowercase().as_str() {
            "grpc" => Some(Protocol::Grpc),
            "http/protobuf" => Some(Protocol::HttpProtobuf),
            _ => None,
        }
    });
    protocol.unwrap_or(Protocol::Grpc)
}

fn headers(reader: &mut Reader<'_>) -> Vec<(String, String)> {
    const ACCEPTED: &str = "name=value pairs separated by commas, percent-encoded";
    let headers = reader.first_valid(&HEADERS, ACCEPTED, |list| {
        let pairs: Vec<_> = resource::pairs(list).collect::<Option<_>>()?;
        let all_valid = pairs.iter().all(|(name, value)| is_header(name, value));
        all_valid.then_some(pairs)
    });
    let headers = headers.unwrap_or_default();
    let is_taken = |(name, _): &(String, String)| {
        OF_THE_TRANSPORT.contains(&name.to_ascii_lowercase().as_str())
    };
    if headers.iter().any(is_taken)
        && let Some((variable, _)) = reader.first_of(&HEADERS)
    {
        reader.refuse(
            variable,
            "content-length, content-encoding, content-type, transfer-encoding, grpc-encoding, grpc-timeout, te, host \
             and connection belong to the transport",
        );
    }
    headers
}

/// Field names are tokens, values visible ASCII and spaces (RFC 9110, section 5).
fn is_header(name: &str, value: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        && value
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
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
            .field("encoder", &self.encoder)
            .field("tls", &self.tls)
            .field("proxy", &self.proxy)
            .finish()
    }
}
