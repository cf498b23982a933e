//! The values of the keys, each of a closed set.

use http::{Method, Request, Version};

/// A method of the conventions' list; any other one is `_OTHER`.
pub(crate) fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 10] = [
        "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY",
    ];
    let known = KNOWN.iter().find(|known| method.as_str() == **known);
    known.copied().unwrap_or("_OTHER")
}

/// The version of HTTP.
pub(crate) fn version(version: Version) -> Option<&'static str> {
    Some(match version {
        Version::HTTP_09 => "0.9",
        Version::HTTP_10 => "1.0",
        Version::HTTP_11 => "1.1",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => return None,
    })
}

/// `http` or `https`.
pub(crate) fn scheme<B>(request: &Request<B>) -> Option<&'static str> {
    let scheme = request.uri().scheme_str()?;
    ["http", "https"].into_iter().find(|known| *known == scheme)
}

/// The service that the program asks, as it wrote it.
pub(crate) fn host<B>(request: &Request<B>) -> Option<&str> {
    request.uri().host()
}

/// The port that a request goes to.
pub(crate) fn port<B>(request: &Request<B>) -> Option<u16> {
    let written = request.uri().port_u16();
    written.or_else(|| scheme(request).map(|scheme| if scheme == "https" { 443 } else { 80 }))
}
