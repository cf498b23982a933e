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
mod client;
mod grpc;
mod http1;
mod resolver;
mod retry_info;
mod route;
#[cfg(feature = "_tls")]
mod tls;
mod tunnel;

use std::time::{Duration, Instant};

use hyper::{HeaderMap, Uri};

use super::control::Control;
use super::failure::{Failure, FailureClass};
use crate::config::{Otlp, Protocol};
use attempt::{Again, Trouble};
use backoff::Backoff;
pub(crate) use body::{Body, Delivered};
use client::Client;
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
            self.client.forget_connections();
            return Err(Trouble::never(Failure::of(FailureClass::Timeout)));
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
mod tests {
    use hyper::body::Bytes;

    use super::*;
    use crate::config::{Settings, Source};
    use crate::export::io::Io;

    /// The transport by each protocol whose resolver never answers, with a time for one try.
    fn by_a_hanging_resolver(timeout: &str) -> [Transport; 2] {
        ["grpc", "http/protobuf"].map(|protocol| {
            let mut source = Source::default();
            for (name, value) in [
                ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"),
                ("OTEL_EXPORTER_OTLP_TIMEOUT", timeout),
            ] {
                source.set(name, value);
            }
            let settings = Settings::read(&source, "test").unwrap();
            Transport::resolving_by(&settings.otlp, Resolver::Hanging).unwrap()
        })
    }

    /// Sends nothing, for far longer than the test's own patience.
    fn sent(transport: &mut Transport, control: &Control) -> Result<Delivered, Failure> {
        let body = Body {
            bytes: Bytes::new(),
            gzip: false,
        };
        let sent = transport.send(body, Duration::from_hours(1), control);
        Io::start().unwrap().block_on(sent).unwrap()
    }

    #[test]
    fn a_resolver_that_hangs_is_waited_for_no_longer_than_one_try_takes() {
        for mut transport in by_a_hanging_resolver("200") {
            let sent = sent(&mut transport, &Control::default());
            assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
        }
    }

    #[test]
    fn a_resolver_that_hangs_is_waited_for_no_longer_than_a_stop_takes() {
        for mut transport in by_a_hanging_resolver("0") {
            let control = Control::default();
            std::thread::scope(|scope| {
                let sending = scope.spawn(|| sent(&mut transport, &control));
                control.tell_to_stop(Instant::now() + Duration::from_millis(100));
                let sent = sending.join().unwrap();
                assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
            });
            // What is left is not tried.
            let sent = sent(&mut transport, &control);
            assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
        }
    }
}
