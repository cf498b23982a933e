//! An OTLP receiver built on the service definitions of `opentelemetry-proto`, over gRPC or HTTP/protobuf.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::routing::post;
use flate2::read::GzDecoder;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;
use tonic::codec::CompressionEncoding;

/// A span as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// `service.name` of the resource.
    pub service: String,
    /// The name.
    pub name: String,
    /// The trace, in hexadecimal.
    pub trace_id: String,
    /// The span, in hexadecimal.
    pub span_id: String,
    /// The parent, in hexadecimal; empty for a root.
    pub parent_id: String,
    /// The `tracestate`.
    pub trace_state: String,
    /// The flags of the trace context; the others of OTLP are left out.
    pub trace_flags: u32,
    /// The kind's number in OTLP: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
    pub kind: i32,
    /// Nanoseconds since 1970.
    pub start: u64,
    /// Nanoseconds since 1970.
    pub end: u64,
    /// The attributes; every value with its OTLP type in front, such as `int:3`.
    pub attributes: BTreeMap<String, String>,
    /// Attributes that were dropped beyond the limit.
    pub dropped_attributes: u32,
    /// The events.
    pub events: Vec<ReceivedEvent>,
    /// Events that were dropped beyond the limit.
    pub dropped_events: u32,
    /// How many links there are.
    pub links: usize,
    /// Links that were dropped beyond the limit.
    pub dropped_links: u32,
    /// The status code's number in OTLP: 0 unset, 1 ok, 2 error.
    pub status: i32,
    /// The status message.
    pub status_message: String,
}

/// An event as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedEvent {
    /// The name.
    pub name: String,
    /// The attributes, as those of a span.
    pub attributes: BTreeMap<String, String>,
    /// Attributes that were dropped beyond the limit.
    pub dropped_attributes: u32,
}

/// A receiver that is listening on a free port of 127.0.0.1.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    store: Store,
}

#[derive(Clone, Debug, Default)]
struct Store {
    /// Spans are counted and not kept.
    only_counts: bool,
    count: Arc<AtomicU64>,
    /// Every request is refused with this code and these words.
    refusal: Option<(tonic::Code, String)>,
    headers: Arc<Mutex<String>>,
    spans: Arc<Mutex<Vec<Received>>>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Receiver {
    /// Listens for OTLP over gRPC.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn grpc() -> Self {
        Self::serve(Store::default(), serve_grpc)
    }

    /// Like [`Receiver::grpc`], and keeps nothing but the number of spans.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn counting() -> Self {
        let store = Store {
            only_counts: true,
            ..Store::default()
        };
        Self::serve(store, serve_grpc)
    }

    /// Listens for OTLP over gRPC and refuses every request: `unavailable`, `resource_exhausted` or `invalid_argument`.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn refusing(code: &str, words: &str) -> Self {
        let code = match code {
            "unavailable" => tonic::Code::Unavailable,
            "resource_exhausted" => tonic::Code::ResourceExhausted,
            _ => tonic::Code::InvalidArgument,
        };
        let store = Store {
            refusal: Some((code, words.to_owned())),
            ..Store::default()
        };
        Self::serve(store, serve_grpc)
    }

    /// Listens for OTLP over HTTP with protobuf, on the path `/v1/traces`.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn http() -> Self {
        Self::serve(Store::default(), |listener, store| async move {
            let router = Router::new()
                .route("/v1/traces", post(accept))
                .with_state(store);
            let _ = axum::serve(listener, router).await;
        })
    }

    /// Serves on a thread and a runtime of its own, so that a test may block.
    fn serve<F: Future<Output = ()>>(
        store: Store,
        server: impl FnOnce(TcpListener, Store) -> F + Send + 'static,
    ) -> Self {
        let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        socket.set_nonblocking(true).unwrap();
        let address = socket.local_addr().unwrap();
        let filled = store.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime
                .block_on(async { server(TcpListener::from_std(socket).unwrap(), filled).await });
        });
        Self { address, store }
    }

    /// The URL to give to an exporter.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many spans have arrived so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.store.count.load(Ordering::Relaxed)
    }

    /// What has arrived so far.
    ///
    /// # Panics
    /// When the store was poisoned by a failed test.
    #[must_use]
    pub fn spans(&self) -> Vec<Received> {
        self.store.spans.lock().unwrap().clone()
    }

    /// The metadata of the last request over gRPC, as `name=value` lines.
    ///
    /// # Panics
    /// When the store was poisoned by a failed test.
    #[must_use]
    pub fn headers(&self) -> String {
        self.store.headers.lock().unwrap().clone()
    }

    /// Everything that has arrived, as the bytes on the wire.
    ///
    /// # Panics
    /// When the store was poisoned by a failed test.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.store.bytes.lock().unwrap().clone()
    }
}

impl Store {
    fn take(&self, request: ExportTraceServiceRequest) {
        let scopes = request
            .resource_spans
            .iter()
            .flat_map(|resource| &resource.scope_spans);
        let spans: usize = scopes.map(|scope| scope.spans.len()).sum();
        self.count.fetch_add(spans as u64, Ordering::Relaxed);
        if self.only_counts {
            return;
        }
        self.bytes.lock().unwrap().extend(request.encode_to_vec());
        let mut spans = self.spans.lock().unwrap();
        for resource_spans in request.resource_spans {
            let resource = attributes(resource_spans.resource.unwrap_or_default().attributes);
            let service = resource.get("service.name").cloned().unwrap_or_default();
            for span in resource_spans
                .scope_spans
                .into_iter()
                .flat_map(|scope| scope.spans)
            {
                spans.push(received(service.trim_start_matches("string:"), span));
            }
        }
    }
}

fn received(service: &str, span: Span) -> Received {
    let status = span.status.unwrap_or_default();
    let events = span.events.into_iter().map(|event| ReceivedEvent {
        name: event.name,
        attributes: attributes(event.attributes),
        dropped_attributes: event.dropped_attributes_count,
    });
    Received {
        service: service.to_owned(),
        name: span.name,
        trace_id: hex(&span.trace_id),
        span_id: hex(&span.span_id),
        parent_id: hex(&span.parent_span_id),
        trace_state: span.trace_state,
        trace_flags: span.flags & 0xff,
        kind: span.kind,
        start: span.start_time_unix_nano,
        end: span.end_time_unix_nano,
        attributes: attributes(span.attributes),
        dropped_attributes: span.dropped_attributes_count,
        events: events.collect(),
        dropped_events: span.dropped_events_count,
        links: span.links.len(),
        dropped_links: span.dropped_links_count,
        status: status.code,
        status_message: status.message,
    }
}

async fn serve_grpc(listener: TcpListener, store: Store) {
    let incoming = tonic::transport::server::TcpIncoming::from(listener);
    let service = TraceServiceServer::new(store).accept_compressed(CompressionEncoding::Gzip);
    let _ = tonic::transport::Server::builder()
        .add_service(service)
        .serve_with_incoming(incoming)
        .await;
}

#[tonic::async_trait]
impl TraceService for Store {
    async fn export(
        &self,
        request: tonic::Request<ExportTraceServiceRequest>,
    ) -> Result<tonic::Response<ExportTraceServiceResponse>, tonic::Status> {
        let metadata = request.metadata().clone().into_headers();
        let lines = metadata
            .iter()
            .map(|(name, value)| format!("{name}={}\n", value.to_str().unwrap_or_default()));
        *self.headers.lock().unwrap() = lines.collect();
        self.take(request.into_inner());
        if let Some((code, words)) = &self.refusal {
            return Err(tonic::Status::new(*code, words));
        }
        Ok(tonic::Response::new(ExportTraceServiceResponse::default()))
    }
}

async fn accept(
    State(store): State<Store>,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Result<([(header::HeaderName, &'static str); 1], Vec<u8>), StatusCode> {
    const PROTOBUF: &str = "application/x-protobuf";
    if headers
        .get(header::CONTENT_TYPE)
        .is_none_or(|value| value != PROTOBUF)
    {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|value| value == "gzip")
    {
        let mut plain = Vec::new();
        GzDecoder::new(&*body)
            .read_to_end(&mut plain)
            .map_err(|_| StatusCode::BAD_REQUEST)?;
        plain.into()
    } else {
        body
    };
    let request = ExportTraceServiceRequest::decode(body).map_err(|_| StatusCode::BAD_REQUEST)?;
    store.take(request);
    let answer = ExportTraceServiceResponse::default().encode_to_vec();
    Ok(([(header::CONTENT_TYPE, PROTOBUF)], answer))
}

fn attributes(pairs: Vec<KeyValue>) -> BTreeMap<String, String> {
    pairs
        .into_iter()
        .map(|pair| (pair.key, shown(pair.value)))
        .collect()
}

fn shown(value: Option<AnyValue>) -> String {
    match value.and_then(|value| value.value) {
        Some(Value::StringValue(text)) => format!("string:{text}"),
        Some(Value::IntValue(integer)) => format!("int:{integer}"),
        Some(Value::DoubleValue(float)) => format!("double:{float}"),
        Some(Value::BoolValue(flag)) => format!("bool:{flag}"),
        other => format!("other:{other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
