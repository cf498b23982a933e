//! Whether the other side ended a connection by an alert of TLS. By TLS 1.3 it refuses a client's certificate, or that there
//! is none, after the client's part of the handshake is done; the request on that connection is then only told that it
//! was closed, because hyper keeps the reason in a task of its own.

use std::error::Error;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use hyper::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{Connected, Connection};
use tower_service::Service;

use super::route::{self, Route};

/// The last alert, of all connections to one receiver.
#[derive(Clone, Debug, Default)]
pub(super) struct Alert(Arc<AtomicBool>);

impl Alert {
    pub(super) fn forget(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    pub(super) fn was_received(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    fn note(&self, error: &io::Error) {
        let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
        if let Some(rustls::Error::AlertReceived(_)) = cause {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

/// Opens connections whose alerts are noted.
#[derive(Clone)]
pub(super) struct Noting {
    pub(super) connector: HttpsConnector<Route>,
    pub(super) alert: Alert,
}

type Failed = Box<dyn Error + Send + Sync>;
type Connecting = Pin<Box<dyn Future<Output = Result<Stream, Failed>> + Send>>;

impl Service<Uri> for Noting {
    type Response = Stream;
    type Error = Failed;
    type Future = Connecting;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), Failed>> {
        self.connector.poll_ready(task)
    }

    fn call(&mut self, target: Uri) -> Connecting {
        let (connecting, alert) = (self.connector.call(target), self.alert.clone());
        Box::pin(async {
            let inner = connecting.await?;
            Ok(Stream { inner, alert })
        })
    }
}

/// A connection whose alert is noted.
pub(super) struct Stream {
    inner: MaybeHttpsStream<route::Stream>,
    alert: Alert,
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.inner.connected()
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.inner).poll_read(task, buffer);
        if let Poll::Ready(Err(error)) = &read {
            self.alert.note(error);
        }
        read
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(task, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(task)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(task, slices)
    }
}
