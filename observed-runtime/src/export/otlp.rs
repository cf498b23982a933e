//! The OTLP exporter, built from our settings and not from what it would read itself.

use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry_otlp::{
    Compression, ExporterBuildError, Protocol as OtlpProtocol, SpanExporter, WithExportConfig,
    WithHttpConfig, WithTonicConfig,
};
use opentelemetry_sdk::Resource;
use tonic::metadata::MetadataMap;

use super::http_client::Client;
use super::sdk::{Driven, Exporter, runtime};
use crate::config::{Otlp, Protocol, Settings};

/// The resource that describes this process: `service.name`, the SDK's own three, and what the settings add.
pub(crate) fn resource(settings: &Settings) -> Resource {
    Resource::builder_empty()
        .with_detector(Box::new(
            opentelemetry_sdk::resource::TelemetryResourceDetector,
        ))
        .with_attributes(
            settings
                .resource
                .iter()
                .map(|(key, value)| KeyValue::new(key.clone(), value.clone())),
        )
        .with_service_name(settings.service_name.clone())
        .build()
}

/// Builds the exporter on the worker's thread; nothing is sent and nobody is connected to yet.
pub(crate) fn build(settings: &Settings, resource: &Resource) -> Result<Box<dyn Exporter>, String> {
    let runtime = runtime()?;
    let built = {
        let _in_runtime = runtime.enter();
        match settings.otlp.protocol {
            Protocol::Grpc => grpc(&settings.otlp),
            Protocol::HttpProtobuf => http(&settings.otlp),
        }
    };
    // The error's own text may repeat the endpoint with its credentials.
    let exporter = built.map_err(|error| match error {
        ExporterBuildError::InvalidConfiguration(_) => {
            "the OTLP exporter refused its configuration".to_owned()
        }
        ExporterBuildError::InternalFailure(_) => "the OTLP exporter could not be built".to_owned(),
    })?;
    let timeout: Duration = settings.batch.timeout;
    Ok(Box::new(Driven::new(exporter, runtime, resource, timeout)))
}

fn grpc(otlp: &Otlp) -> Result<SpanExporter, ExporterBuildError> {
    // Set on each request and not merged by the exporter, which would add what the process's environment says.
    let metadata = MetadataMap::from_headers(header_map(otlp));
    let ours = move |mut request: tonic::Request<()>| {
        *request.metadata_mut() = metadata.clone();
        Ok(request)
    };
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(otlp.endpoint.url())
        .with_timeout(otlp.timeout)
        .with_interceptor(ours);
    if otlp.gzip {
        exporter.with_compression(Compression::Gzip).build()
    } else {
        exporter.build()
    }
}

fn http(otlp: &Otlp) -> Result<SpanExporter, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(OtlpProtocol::HttpBinary)
        .with_endpoint(otlp.endpoint.url())
        .with_timeout(otlp.timeout)
        // Given explicitly, so that no dependency's cargo features can swap the client under us.
        .with_http_client(Client::new(otlp.timeout, header_map(otlp)));
    if otlp.gzip {
        exporter.with_compression(Compression::Gzip).build()
    } else {
        exporter.build()
    }
}

/// The headers, checked by the settings; one that `http` refuses all the same is left out.
fn header_map(otlp: &Otlp) -> http::HeaderMap {
    otlp.headers
        .iter()
        .filter_map(|(name, value)| {
            Some((
                http::HeaderName::try_from(name).ok()?,
                http::HeaderValue::try_from(value).ok()?,
            ))
        })
        .collect()
}
