//! The connections to the receiver: made on demand, watched between requests, and never used after a silence.

use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderValue, PROXY_AUTHORIZATION};
use hyper::{Request, Response, Uri};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::attempt::Trouble;
use super::chain;
use super::resolver::Resolver;
use super::route::{self, Route};
use super::watch::{Making, Watched};
#[cfg(feature = "_tls")]
use super::{alert::Noting, tls};
use crate::config::{Otlp, Protocol};
#[cfg(feature = "_tls")]
use crate::export::failure::{Failure, FailureClass};

/// The other side is asked by HTTP/2 whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 10_000 });
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is not used again: what is between may have forgotten it.
const IDLE: Duration = Duration::from_secs(60);
/// The largest headers of an answer, in bytes.
const MOST_HEADERS: u32 = 16 * 1024;

#[cfg(not(feature = "_tls"))]
type Connector = Route;
#[cfg(feature = "_tls")]
type Connector = Noting;

type Connections = legacy::Client<Watched<Connector>, Full<Bytes>>;

/// The connections to one receiver.
pub(super) struct Client {
    protocol: Protocol,
    connector: Watched<Connector>,
    connections: Connections,
    proxy_auth: Option<HeaderValue>,
}

impl Client {
    /// Nobody is connected to yet.
    ///
    /// # Errors
    /// When the files of the TLS settings cannot be used.
    pub(super) fn new(otlp: &Otlp, target: &Uri, resolver: Resolver) -> Result<Self, String> {
        let route = Route::new(otlp, target, resolver)?;
        let proxy = otlp.proxy.as_ref();
        #[cfg(feature = "_tls")]
        let connector = tls::around(route, otlp)?;
        #[cfg(not(feature = "_tls"))]
        let connector = route;
        let connector = Watched {
            connector,
            making: Making::default(),
        };
        Ok(Self {
            protocol: otlp.protocol,
            connections: connections(otlp.protocol, connector.clone()),
            connector,
            proxy_auth: proxy
                .filter(|_| route::forwards(otlp, target))
                .and_then(route::authorization),
        })
    }

    /// The head of the answer.
    pub(super) async fn send(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Trouble> {
        if let Some(auth) = &self.proxy_auth {
            request
                .headers_mut()
                .insert(PROXY_AUTHORIZATION, auth.clone());
        }
        #[cfg(feature = "_tls")]
        self.connector.connector.alert.forget();
        self.connector.making.forget();
        let answer = self.connections.request(request).await;
        #[cfg(feature = "_tls")]
        if answer.is_err() && self.connector.connector.alert.was_received() {
            return Err(Trouble::never(Failure::of(FailureClass::Tls)));
        }
        answer.map_err(|error| chain::trouble(&error))
    }

    /// True while nothing of the request was sent, because its connection is still being made.
    pub(super) fn is_connecting(&self) -> bool {
        self.connector.making.is_set()
    }

    /// Uses none of the connections that there are again.
    pub(super) fn forget_connections(&mut self) {
        self.connections = connections(self.protocol, self.connector.clone());
    }
}

fn connections(protocol: Protocol, connector: Watched<Connector>) -> Connections {
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
