//! The HTTP client of the OTLP exporter: sends the headers of our settings and no others, and knows a web page from an answer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};

/// What the protocol itself needs; every other header that the exporter has read somewhere is left out.
const OF_THE_PROTOCOL: [&str; 4] = [
    "content-type",
    "content-encoding",
    "content-length",
    "user-agent",
];

/// The client, with the headers that it sends.
pub(super) struct Client {
    inner: HyperClient,
    headers: http::HeaderMap,
}

impl Client {
    pub(super) fn new(timeout: Duration, headers: http::HeaderMap) -> Self {
        Self {
            inner: HyperClient::with_default_connector(timeout, None),
            headers,
        }
    }
}

impl fmt::Debug for Client {
    /// Header values are left out: they are credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

/// As `#[async_trait]` writes it, which declares the trait.
impl HttpClient for Client {
    fn send_bytes<'a, 'b>(
        &'a self,
        mut request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        let sent = request.headers_mut();
        let read = std::mem::replace(sent, self.headers.clone());
        for (name, value) in &read {
            if OF_THE_PROTOCOL.contains(&name.as_str()) {
                sent.insert(name, value.clone());
            }
        }
        Box::pin(async move {
            let answer = self.inner.send_bytes(request).await?;
            if answer.status().is_success() && is_text(&answer) {
                return Err("a text was answered where OTLP was expected".into());
            }
            Ok(answer)
        })
    }
}

/// True for a page of a proxy or of another service, which accepts everything and keeps nothing.
fn is_text(answer: &Response<Bytes>) -> bool {
    answer
        .headers()
        .get(http::header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/"))
}
