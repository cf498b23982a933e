//! Spans as the bytes of an `ExportTraceServiceRequest`, encoded by `opentelemetry-otlp`.
//!
//! That crate encodes only on its way to a client: ours takes the bytes and sends nothing, so that the transport stands
//! apart from the encoder, and no retry of the crate's own comes between.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{
    Compression, ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanExporter as _};

use crate::export::io::Io;
use crate::export::transport::Body;

/// How a gzip member begins (RFC 1952, section 2.3.1), and no message of protobuf.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A batch, encoded.
pub(in crate::export::otlp) struct Encoded {
    pub(in crate::export::otlp) body: Body,
    /// Its size before compression.
    pub(in crate::export::otlp) bytes: usize,
}

/// Encodes batches with one resource.
pub(in crate::export::otlp) struct Encoder {
    exporter: SpanExporter,
    taken: Taken,
    gzip: bool,
}

/// The client that sends nothing.
#[derive(Clone, Default)]
struct Taken(Arc<Mutex<Option<Request<Bytes>>>>);

impl Encoder {
    /// # Errors
    /// When the crate refuses what the process's environment says to it.
    pub(in crate::export::otlp) fn new(
        gzip: bool,
        resource: &Resource,
    ) -> Result<Self, ExporterBuildError> {
        let taken = Taken::default();
        let builder = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint("http://unused")
            .with_http_client(taken.clone())
            // What is too large is cut by its size, and not lost whole by a limit of the crate's own.
            .with_max_request_body_size(usize::MAX);
        let mut exporter = if gzip {
            builder.with_compression(Compression::Gzip).build()?
        } else {
            builder.build()?
        };
        exporter.set_resource(resource);
        Ok(Self {
            exporter,
            taken,
            gzip,
        })
    }

    /// The request of a batch; none where it could not be encoded.
    pub(in crate::export::otlp) fn encode(&self, batch: Vec<SpanData>, io: &Io) -> Option<Encoded> {
        let exported = io.block_on(self.exporter.export(batch))?;
        let request = self.taken.take()?;
        exported.ok()?;
        let bytes = request.into_body();
        // The headers say what the process's environment says.
        if !bytes.starts_with(&GZIP) {
            return Some(Encoded {
                body: Body::of(&bytes, false),
                bytes: bytes.len(),
            });
        }
        let size = size_before(&bytes)?;
        // The process's environment may ask for what the program's settings do not: those win.
        let body = if self.gzip {
            Body::of(&bytes, true)
        } else {
            Body::of(&decompressed(&bytes)?, false)
        };
        Some(Encoded { body, bytes: size })
    }
}

/// The last four bytes of a gzip member (RFC 1952, section 2.3.1).
fn size_before(compressed: &[u8]) -> Option<usize> {
    let size = compressed.last_chunk::<4>()?;
    Some(u32::from_le_bytes(*size) as usize)
}

fn decompressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut whole).ok()?;
    Some(whole)
}

impl Taken {
    fn take(&self) -> Option<Request<Bytes>> {
        // Nothing panics while it holds this lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken").finish_non_exhaustive()
    }
}

/// As `#[async_trait]` writes it, which declares the trait.
impl HttpClient for Taken {
    fn send_bytes<'a, 'b>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        Box::pin(async { Ok(Response::new(Bytes::new())) })
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::KeyValue;
    use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status};
    use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};

    use super::*;

    fn span(text: usize) -> SpanData {
        SpanData {
            span_context: SpanContext::empty_context(),
            parent_span_id: SpanId::INVALID,
            parent_span_is_remote: false,
            span_kind: SpanKind::Internal,
            name: "large".into(),
            start_time: std::time::SystemTime::UNIX_EPOCH,
            end_time: std::time::SystemTime::UNIX_EPOCH,
            attributes: vec![KeyValue::new("text", "x".repeat(text))],
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: Status::Unset,
            instrumentation_scope: opentelemetry::InstrumentationScope::default(),
        }
    }

    #[test]
    fn a_batch_of_any_size_is_encoded_and_says_its_size() {
        const TEXT: usize = 65 * 1024 * 1024;
        let (io, resource) = (Io::start().unwrap(), Resource::builder_empty().build());
        for gzip in [false, true] {
            let encoder = Encoder::new(gzip, &resource).unwrap();
            let Encoded { body, bytes } = encoder.encode(vec![span(TEXT)], &io).unwrap();
            assert!(bytes > TEXT);
            assert_eq!((body.gzip, body.message().starts_with(&GZIP)), (gzip, gzip));
        }
    }
}
