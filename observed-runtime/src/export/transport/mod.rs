//! Carries the bytes of a request to a receiver, by HTTP/1.1 or gRPC, and says what became of it.
//!
//! It knows nothing of spans: whoever encodes the request gives it the bytes. A request is tried again, with growing
//! pauses and within its deadline, where the receiver says that it may be, or where nothing of it was answered; delivery is
//! at least once. Whatever the receiver answers is read up to a bound, and its words go nowhere.

mod answer;
mod attempt;
mod backoff;
mod chain;
mod client;
mod grpc;
mod http1;

use std::time::{Duration, Instant};

use hyper::body::Bytes;
use hyper::{HeaderMap, Uri};

use super::control::Control;
use super::failure::{Failure, FailureClass};
use crate::config::{Otlp, Protocol};
use attempt::{Again, Trouble};
use backoff::Backoff;
use client::Client;

/// The body of a request.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    /// Compressed already.
    pub(crate) gzip: bool,
}

/// What a receiver took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivered {
    /// The spans of the request that it refused.
    pub(crate) rejected: u64,
}

/// The way to one receiver.
pub(crate) struct Transport {
    protocol: Protocol,
    target: Uri,
    headers: HeaderMap,
    /// One try.
    timeout: Duration,
    client: Client,
}

impl Transport {
    /// Nobody is connected to yet.
    ///
    /// # Errors
    /// When the address is none.
    pub(crate) fn new(otlp: &Otlp) -> Result<Self, String> {
        let url = match otlp.protocol {
            Protocol::Grpc => grpc::url(otlp.endpoint.url()),
            Protocol::HttpProtobuf => otlp.endpoint.url().to_owned(),
        };
        let target = url
            .parse()
            .map_err(|_| "the OTLP endpoint is no address that can be connected to".to_owned())?;
        Ok(Self {
            protocol: otlp.protocol,
            target,
            headers: headers(otlp),
            timeout: otlp.timeout,
            client: Client::new(otlp),
        })
    }

    /// Sends a request until it is delivered, `within` has passed, or the worker is to stop.
    ///
    /// # Errors
    /// The class of the last failure.
    pub(crate) async fn send(
        &mut self,
        body: Body,
        within: Duration,
        control: &Control,
    ) -> Result<Delivered, Failure> {
        let begin = Instant::now();
        let left = || within.saturating_sub(begin.elapsed());
        let (mut backoff, mut before) = (Backoff::new(), None);
        loop {
            let last_within = Some(left()).filter(|left| *left < self.timeout);
            let tried = self.attempt(&body, last_within.unwrap_or(self.timeout));
            let trouble = match tried.await {
                Ok(delivered) => return Ok(delivered),
                Err(trouble) => trouble,
            };
            // That the export's deadline cut the last try short says less than what the tries before it failed of.
            if last_within.is_some()
                && trouble.failure.class == FailureClass::Timeout
                && let Some(before) = before
            {
                return Err(before);
            }
            before = Some(trouble.failure);
            let pause = match trouble.again {
                Again::Never => return Err(trouble.failure),
                Again::After(pause) => pause,
                Again::Later => backoff.next(),
            };
            if pause >= left() || !control.pause_unless_stopped(pause).await {
                return Err(trouble.failure);
            }
        }
    }

    /// One try. After one that was not answered in time nothing more is sent over its connection: it may be half open.
    async fn attempt(&mut self, body: &Body, within: Duration) -> Result<Delivered, Trouble> {
        let request = match self.protocol {
            Protocol::Grpc => grpc::request(&self.target, &self.headers, body, within),
            Protocol::HttpProtobuf => http1::request(&self.target, &self.headers, body),
        };
        let answered = async {
            let answer = self.client.send(request).await?;
            match self.protocol {
                Protocol::Grpc => grpc::read(answer).await,
                Protocol::HttpProtobuf => http1::read(answer).await,
            }
        };
        // Over everything, the resolution of the name included.
        match tokio::time::timeout(within, answered).await {
            Ok(result) => result,
            Err(_) => {
                self.client.forget_connections();
                Err(Trouble::never(Failure::of(FailureClass::Timeout)))
            }
        }
    }
}

/// The headers, checked by the settings; one that `http` refuses all the same is left out.
fn headers(otlp: &Otlp) -> HeaderMap {
    let pairs = otlp.headers.iter();
    pairs
        .filter_map(|(name, value)| {
            Some((
                hyper::header::HeaderName::try_from(name).ok()?,
                hyper::header::HeaderValue::try_from(value).ok()?,
            ))
        })
        .collect()
}
