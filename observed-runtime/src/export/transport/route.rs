//! The way of the bytes to the receiver's port: straight, or through a proxy.

use std::error::Error;
use std::future::Future;
use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::Uri;
use hyper::header::HeaderValue;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::resolver::Resolver;
use super::tunnel;
use crate::config::{Otlp, Protocol, Proxy};

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
    Tunnel(Uri, Option<HeaderValue>, HttpConnector<Resolver>),
    /// A proxy that passes requests on: for HTTP/1.1 without TLS.
    Forward(Uri, HttpConnector<Resolver>),
}

/// The header with which a proxy is told the user.
pub(super) fn authorization(proxy: &Proxy) -> Option<HeaderValue> {
    let user = proxy.user.as_ref()?;
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(user))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// True where requests as such go through a proxy, and not a tunnel.
pub(super) fn forwards(otlp: &Otlp, target: &Uri) -> bool {
    otlp.protocol == Protocol::HttpProtobuf && target.scheme_str() == Some("http")
}

impl Route {
    /// # Errors
    /// When the address of the proxy is none.
    pub(super) fn new(otlp: &Otlp, target: &Uri, resolver: Resolver) -> Result<Self, String> {
        let mut connector = HttpConnector::new_with_resolver(resolver);
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(otlp.timeout));
        connector.set_nodelay(true);
        connector.set_keepalive(Some(KEEP_ALIVE));
        connector.set_keepalive_interval(Some(KEEP_ALIVE_INTERVAL));
        connector.set_keepalive_retries(Some(2));
        let Some(proxy) = &otlp.proxy else {
            return Ok(Self::Straight(connector));
        };
        let address = format!("http://{}", proxy.address)
            .parse()
            .map_err(|_| "the proxy is no address that can be connected to".to_owned())?;
        Ok(if forwards(otlp, target) {
            Self::Forward(address, connector)
        } else {
            Self::Tunnel(address, authorization(proxy), connector)
        })
    }
}

impl Service<Uri> for Route {
    type Response = Stream;
    type Error = Failed;
    type Future = Connecting;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), Failed>> {
        match self {
            Self::Straight(connector)
            | Self::Forward(_, connector)
            | Self::Tunnel(_, _, connector) => connector.poll_ready(task).map_err(Into::into),
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
            Self::Tunnel(proxy, auth, connector) => {
                let (connecting, auth) = (connector.call(proxy.clone()), auth.clone());
                Box::pin(async move {
                    let stream = connecting.await?.into_inner();
                    let stream = tunnel::through(stream, &target, auth.as_ref()).await?;
                    Ok(Stream::of(TokioIo::new(stream), false))
                })
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

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(task, slices)
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
