//! Tracing needs no runtime of the program's and takes none: it starts, flushes and ends wherever it is called.

use observed_runtime::{Tracing, flush, status};
use observed_tests::receiver::Receiver;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_client::TraceServiceClient;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::{Builder, Runtime};

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

/// Starts, records, flushes and ends; blocking, as in the middle of a program that does not think of it.
fn a_whole_life(receiver: &Receiver, protocol: &str) {
    let before = receiver.count();
    let tracing = Tracing::builder("runtimes")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", "1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
        ])
        .init();
    work();
    assert!(flush(SOON), "{:?}", status());
    work();
    assert_eq!(tracing.shutdown(SOON), 0, "{:?}", status());
    drop(tracing);
    assert_eq!(receiver.count(), before + 2, "{protocol}");
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

fn one_worker() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap()
}

#[test]
fn without_a_runtime_on_any_runtime_in_a_task_and_in_one_that_blocks() {
    in_a_process_of_its_own(|| {
        for (protocol, receiver) in [
            ("grpc", Receiver::grpc()),
            ("http/protobuf", Receiver::http()),
        ] {
            let receiver = std::sync::Arc::new(receiver);
            let life = || {
                let receiver = std::sync::Arc::clone(&receiver);
                move || a_whole_life(&receiver, protocol)
            };
            life()();
            current_thread().block_on(async { life()() });
            one_worker().block_on(async {
                let in_a_task = life();
                tokio::spawn(async move { in_a_task() }).await.unwrap();
                tokio::task::spawn_blocking(life()).await.unwrap();
            });
            let local = tokio::task::LocalSet::new();
            local.block_on(&current_thread(), async { life()() });
            std::thread::spawn(life()).join().unwrap();
        }
    });
}

/// An exporter with a channel of its own, which can only be made and used inside a runtime.
#[derive(Clone, Debug)]
struct Own(TraceServiceClient<tonic::transport::Channel>);

impl Own {
    fn to(endpoint: String) -> Result<Self, tonic::transport::Error> {
        let channel = tonic::transport::Endpoint::from_shared(endpoint)?.connect_lazy();
        Ok(Self(TraceServiceClient::new(channel)))
    }
}

impl SpanExporter for Own {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.iter().map(|span| Span {
            name: span.name.to_string(),
            ..Span::default()
        });
        let request = ExportTraceServiceRequest {
            resource_spans: vec![ResourceSpans {
                scope_spans: vec![ScopeSpans {
                    spans: spans.collect(),
                    ..ScopeSpans::default()
                }],
                ..ResourceSpans::default()
            }],
        };
        let sent = self.0.clone().export(request).await;
        sent.map(drop)
            .map_err(|_| OTelSdkError::InternalFailure("refused".to_owned()))
    }
}

fn with_an_exporter_of_its_own() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let tracing = Tracing::builder("runtimes")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", "1"),
            ("OTEL_TRACES_EXPORTER", "none"),
        ])
        .with_exporter_from(move || Own::to(endpoint))
        .init();
    work();
    assert!(flush(SOON), "{:?}", status());
    assert_eq!(tracing.shutdown(SOON), 0, "{:?}", status());
    assert_eq!(receiver.count(), 1);
}

#[test]
fn an_exporter_with_a_channel_of_its_own_works_without_a_runtime() {
    in_a_process_of_its_own(with_an_exporter_of_its_own);
}

#[test]
fn an_exporter_with_a_channel_of_its_own_works_in_a_program_with_one_thread() {
    in_a_process_of_its_own(|| {
        Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(async { with_an_exporter_of_its_own() });
    });
}

#[test]
fn an_exporter_that_cannot_be_made_leaves_tracing_off_and_its_words_unsaid() {
    in_a_process_of_its_own(|| {
        let _tracing = Tracing::builder("runtimes")
            .settings([("TRACING_ENABLED", "1"), ("OTEL_TRACES_EXPORTER", "none")])
            .with_exporter_from(|| Err::<Own, _>("password=hunter2"))
            .init();
        work();
        let seen = format!("{:?}", status().state);
        assert!(
            seen.contains("an exporter of the program") && !seen.contains("hunter2"),
            "{seen}"
        );
    });
}
