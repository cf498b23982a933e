//! The connections to the receiver: made on demand, watched between requests, and never used after a silence.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_service::Service;

use super::attempt::Trouble;
use super::chain::{self, Unresolved};
use crate::config::{Otlp, Protocol};

/// The other side is asked whether it is still there, by HTTP/2 and by TCP.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is not used again: what is between may have forgotten it.
const IDLE: Duration = Duration::from_mins(1);
/// The largest headers of an answer, in bytes.
const MOST_HEADERS: u32 = 16 * 1024;

type Connections = legacy::Client<HttpConnector<Resolver>, Full<Bytes>>;

/// The connections to one receiver.
pub(super) struct Client {
    protocol: Protocol,
    connections: Connections,
    connect_timeout: Duration,
}

impl Client {
    pub(super) fn new(otlp: &Otlp) -> Self {
        Self {
            protocol: otlp.protocol,
            connections: connections(otlp.protocol, otlp.timeout),
            connect_timeout: otlp.timeout,
        }
    }

    /// The head of the answer.
    pub(super) async fn send(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Trouble> {
        let answer = self.connections.request(request).await;
        answer.map_err(|error| chain::trouble(&error))
    }

    /// Uses none of the connections that there are again.
    pub(super) fn forget_connections(&mut self) {
        self.connections = connections(self.protocol, self.connect_timeout);
    }
}

fn connections(protocol: Protocol, connect_timeout: Duration) -> Connections {
    let mut connector = HttpConnector::new_with_resolver(Resolver);
    connector.set_connect_timeout(Some(connect_timeout));
    connector.set_nodelay(true);
    connector.set_keepalive(Some(KEEP_ALIVE));
    connector.set_keepalive_interval(Some(KEEP_ALIVE_TIMEOUT));
    connector.set_keepalive_retries(Some(2));
    legacy::Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .http1_max_buf_size(2 * MOST_HEADERS as usize)
        .http2_only(protocol == Protocol::Grpc)
        .http2_keep_alive_interval(KEEP_ALIVE)
        .http2_keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .http2_keep_alive_while_idle(true)
        .http2_max_header_list_size(MOST_HEADERS)
        .build(connector)
}

/// The system's resolver, on a thread that may block, whose failure is told apart from others.
#[derive(Clone, Debug)]
struct Resolver;

type Addresses = std::vec::IntoIter<std::net::SocketAddr>;

impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = Unresolved;
    type Future = Pin<Box<dyn Future<Output = Result<Addresses, Unresolved>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let addresses: Vec<_> = found.map_err(|_| Unresolved)?.collect();
            if addresses.is_empty() {
                return Err(Unresolved);
            }
            Ok(addresses.into_iter())
        })
    }
}
