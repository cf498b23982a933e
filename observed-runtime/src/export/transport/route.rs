//! The way of the bytes to the receiver's port: straight, or through a proxy.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper::header::HeaderValue;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::resolver::Resolver;
use crate::config::{Otlp, Protocol};

/// The other side is asked by TCP whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(5);

type Failed = Box<dyn Error + Send + Sync>;
type Connecting = Pin<Box<dyn Future<Output = Result<Stream, Failed>> + Send>>;

/// Opens connections to the receiver's port.
#[derive(Clone)]
pub(super) enum Route {
    Straight(HttpConnector<Resolver>),
    /// A proxy that passes bytes on (`CONNECT`): for TLS, and for HTTP/2.
    Tunnel(Tunnel<HttpConnector<Resolver>>),
    /// A proxy that passes requests on: for HTTP/1.1 without TLS.
    Forward(Uri, HttpConnector<Resolver>),
}

/// A proxy, where one is to be used.
pub(super) struct Proxy {
    uri: Uri,
    auth: Option<HeaderValue>,
}

impl Proxy {
    /// The proxy for a receiver, as the settings say; none for this machine.
    pub(super) fn of(otlp: &Otlp, target: &Uri) -> Option<Self> {
        let host = target.host()?.trim_matches(['[', ']']);
        let address: Option<std::net::IpAddr> = host.parse().ok();
        if host == "localhost" || address.is_some_and(|address| address.is_loopback()) {
            return None;
        }
        let proxies = &otlp.proxies;
        let matcher = Matcher::builder()
            .http(proxies.http.clone().unwrap_or_default())
            .https(proxies.https.clone().unwrap_or_default())
            .no(proxies.no.clone().unwrap_or_default())
            .build();
        let found = matcher.intercept(target)?;
        Some(Self {
            uri: found.uri().clone(),
            auth: found.basic_auth().cloned(),
        })
    }

    /// The header that a request carries itself, where the proxy passes requests on.
    pub(super) fn auth_of_request(&self, otlp: &Otlp, target: &Uri) -> Option<HeaderValue> {
        self.auth.clone().filter(|_| forwards(otlp, target))
    }
}

/// True where requests as such go through a proxy, and not a tunnel.
fn forwards(otlp: &Otlp, target: &Uri) -> bool {
    otlp.protocol == Protocol::HttpProtobuf && target.scheme_str() == Some("http")
}

impl Route {
    pub(super) fn new(
        otlp: &Otlp,
        target: &Uri,
        proxy: Option<&Proxy>,
        resolver: Resolver,
    ) -> Self {
        let mut connector = HttpConnector::new_with_resolver(resolver);
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(otlp.timeout));
        connector.set_nodelay(true);
        connector.set_keepalive(Some(KEEP_ALIVE));
        connector.set_keepalive_interval(Some(KEEP_ALIVE_INTERVAL));
        connector.set_keepalive_retries(Some(2));
        match proxy {
            None => Self::Straight(connector),
            Some(proxy) if forwards(otlp, target) => Self::Forward(proxy.uri.clone(), connector),
            Some(proxy) => {
                let tunnel = Tunnel::new(proxy.uri.clone(), connector);
                Self::Tunnel(match &proxy.auth {
                    Some(auth) => tunnel.with_auth(auth.clone()),
                    None => tunnel,
                })
            }
        }
    }
}

impl Service<Uri> for Route {
    type Response = Stream;
    type Error = Failed;
    type Future = Connecting;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), Failed>> {
        match self {
            Self::Straight(connector) | Self::Forward(_, connector) => {
                connector.poll_ready(task).map_err(Into::into)
            }
            Self::Tunnel(tunnel) => tunnel.poll_ready(task).map_err(Into::into),
        }
    }

    fn call(&mut self, target: Uri) -> Connecting {
        match self {
            Self::Straight(connector) => {
                let connecting = connector.call(target);
                Box::pin(async { Ok(Stream::of(connecting.await?, false)) })
            }
            Self::Forward(proxy, connector) => {
                let connecting = connector.call(proxy.clone());
                Box::pin(async { Ok(Stream::of(connecting.await?, true)) })
            }
            Self::Tunnel(tunnel) => {
                let connecting = tunnel.call(target);
                Box::pin(async { Ok(Stream::of(connecting.await?, false)) })
            }
        }
    }
}

/// A connection, and whether a proxy passes its requests on.
pub(super) struct Stream {
    inner: TokioIo<TcpStream>,
    is_forwarded: bool,
}

impl Stream {
    fn of(inner: TokioIo<TcpStream>, is_forwarded: bool) -> Self {
        Self {
            inner,
            is_forwarded,
        }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.inner.inner().connected().proxy(self.is_forwarded)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(task, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(task, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(task)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(task)
    }
}
