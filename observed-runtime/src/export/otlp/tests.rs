//! What the encoder writes is what `opentelemetry-otlp` writes of the same spans.

mod differential;
mod memory;
mod sizes;
mod spans;

use std::sync::LazyLock;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_sdk::Resource;
use prost::Message;

use super::encode::Encoder;
use super::request::Request;

/// One for all: the order of its attributes is another in each that is built.
static RESOURCE: LazyLock<Resource> = LazyLock::new(|| {
    let place = [opentelemetry::KeyValue::new("host.name", "a")];
    Resource::builder_empty()
        .with_service_name("shop")
        .with_schema_url(place, "https://opentelemetry.io/schemas/1.30.0")
        .build()
});

fn encoder(most_text: usize, code_attributes: bool) -> Encoder {
    Encoder::new(Request::new(&RESOURCE), most_text, code_attributes)
}

fn decoded(bytes: &[u8]) -> ExportTraceServiceRequest {
    ExportTraceServiceRequest::decode(bytes).unwrap()
}
