//! The proxies that everything on a machine goes by: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, in either case.

use std::fmt;

use super::Reader;

/// The proxies, as they are set; their user information is a credential.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for the exporter"))]
pub(crate) struct Proxies {
    pub(crate) http: Option<String>,
    pub(crate) https: Option<String>,
    pub(crate) no: Option<String>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Proxies {
    // A web server's environment has what a client sent as `Proxy` under the name in upper case.
    let is_cgi = reader.text("REQUEST_METHOD").is_some();
    let either = |lower: &'static str, upper: &'static str| {
        let first = reader.first_of(&[lower, upper]);
        first.map(|(_, value)| value)
    };
    Proxies {
        https: either("https_proxy", "HTTPS_PROXY"),
        no: either("no_proxy", "NO_PROXY"),
        http: either(
            "http_proxy",
            if is_cgi { "http_proxy" } else { "HTTP_PROXY" },
        ),
    }
}

impl fmt::Debug for Proxies {
    /// Without the addresses: they may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("http", &self.http.is_some())
            .field("https", &self.https.is_some())
            .finish_non_exhaustive()
    }
}
