//! Carries the bytes of a request to a receiver, by HTTP/1.1 or gRPC, and says what became of it.
//!
//! It knows nothing of spans: whoever encodes the request gives it the bytes. A request is tried again, with growing
//! pauses and within its deadline, where the receiver says that it may be, or where nothing of it was answered; delivery is
//! at least once. Whatever the receiver answers is read up to a bound, and its words go nowhere.

#[cfg(feature = "_tls")]
mod alert;
mod answer;
mod attempt;
mod backoff;
mod body;
mod chain;
mod grpc;
mod http1;
mod http_client;
#[cfg(feature = "_tls")]
mod pem_file;
mod resolver;
mod retry_info;
mod route;
#[cfg(feature = "_tls")]
mod tls;
mod tunnel;
mod watch;

use std::time::{Duration, Instant};

use hyper::{HeaderMap, Uri};

use super::control::Control;
use super::failure::{Failure, FailureClass};
use crate::config::{Otlp, Protocol};
use attempt::{Again, Trouble};
use backoff::Backoff;
pub(crate) use body::{Body, Delivered, ROOM};
use http_client::Client;
use resolver::Resolver;

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
    /// When the address is none, or the files of the TLS settings cannot be used.
    pub(crate) fn new(otlp: &Otlp) -> Result<Self, String> {
        Self::resolving_by(otlp, Resolver::System)
    }

    fn resolving_by(otlp: &Otlp, resolver: Resolver) -> Result<Self, String> {
        let url = match otlp.protocol {
            Protocol::Grpc => grpc::url(otlp.endpoint.url()),
            Protocol::HttpProtobuf => otlp.endpoint.url().to_owned(),
        };
        let target: Uri = url
            .parse()
            .map_err(|_| "the OTLP endpoint is no address that can be connected to".to_owned())?;
        Ok(Self {
            protocol: otlp.protocol,
            client: Client::new(otlp, &target, resolver)?,
            target,
            headers: headers(otlp),
            timeout: otlp.timeout,
        })
    }

    /// Sends a request until it is delivered or `within` has passed. Where the worker is to stop, it is not sent again, and
    /// a try that is under way ends with the deadline of the stop.
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
            let tried = self.attempt(&body, last_within.unwrap_or(self.timeout), control);
            let trouble = match tried.await {
                Ok(delivered) => return Ok(delivered),
                Err(trouble) => trouble,
            };
            // That a deadline cut the last try short says less than what the tries before it failed of.
            if (last_within.is_some() || control.is_given_up())
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
    async fn attempt(
        &mut self,
        body: &Body,
        within: Duration,
        control: &Control,
    ) -> Result<Delivered, Trouble> {
        let request = match self.protocol {
            Protocol::Grpc => grpc::request(&self.target, &self.headers, body, within),
            Protocol::HttpProtobuf => http1::request(&self.target, &self.headers, body),
        };
        let answered = control.unless_given_up(async {
            let answer = self.client.send(request).await?;
            match self.protocol {
                Protocol::Grpc => grpc::read(answer).await,
                Protocol::HttpProtobuf => http1::read(answer).await,
            }
        });
        // Over everything, the resolution of the name included.
        let Ok(Some(result)) = tokio::time::timeout(within, answered).await else {
            // A receiver that is slow under load would get twice what it was sent; one that was sent nothing does not.
            let trouble = if self.client.is_connecting() {
                Trouble::unanswered(FailureClass::Timeout)
            } else {
                Trouble::never(Failure::of(FailureClass::Timeout))
            };
            self.client.forget_connections();
            return Err(trouble);
        };
        result
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

#[cfg(test)]
mod tests;
