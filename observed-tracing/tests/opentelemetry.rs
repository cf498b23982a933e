//! OpenTelemetry's own log bridges and tracer, with `otel-context`: their records are of the span that is current here, and lines
//! inside a span of another tracer have its ids.

mod lines;

use lines::lines_of;
use log::Log;
use observed_runtime::context::{self, Ids};
use observed_runtime::{observed, testing};
use observed_tracing::{List, WithIds, layer, span};
use opentelemetry::Context;
use opentelemetry::trace::{Span, TraceContextExt, Tracer, TracerProvider};
use opentelemetry_appender_log::OpenTelemetryLogBridge;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::logs::in_memory_exporter::LogDataWithResource;
use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLoggerProvider};
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::fmt::format;
use tracing_subscriber::layer::SubscriberExt;

fn provider() -> (SdkLoggerProvider, InMemoryLogExporter) {
    let exporter = InMemoryLogExporter::default();
    let builder = SdkLoggerProvider::builder();
    (
        builder.with_simple_exporter(exporter.clone()).build(),
        exporter,
    )
}

/// The ids of each record, as a line would have them.
fn exported(exporter: &InMemoryLogExporter) -> Vec<Option<String>> {
    let logs = exporter.get_emitted_logs().unwrap();
    let of_record = |log: &LogDataWithResource| {
        let context = log.record.trace_context()?;
        let flags = context.trace_flags.unwrap_or_default().to_u8();
        Some(format!(
            "trace_id={} span_id={} trace_flags={flags:02x}",
            context.trace_id, context.span_id
        ))
    };
    logs.iter().map(of_record).collect()
}

#[observed(name = "price_order")]
fn inside(log: &dyn Fn()) -> Ids {
    log();
    context::ids().unwrap()
}

fn outside_and_inside(exporter: &InMemoryLogExporter, log: &dyn Fn()) {
    log();
    let (ids, capture) = testing::capture(|| inside(log));
    assert_eq!(capture.spans[0].span_id, ids.span_id);
    assert_eq!(exported(exporter), [None, Some(ids.to_string())]);
}

#[test]
fn the_bridge_of_tracing_sees_the_observed_span() {
    let (provider, exporter) = provider();
    let bridge = OpenTelemetryTracingBridge::new(&provider);
    let subscriber = tracing_subscriber::registry().with(bridge);
    tracing::subscriber::with_default(subscriber, || {
        outside_and_inside(&exporter, &|| tracing::info!("priced"));
    });
}

#[test]
fn the_bridge_of_log_sees_the_observed_span() {
    let (provider, exporter) = provider();
    let bridge = OpenTelemetryLogBridge::new(&provider);
    outside_and_inside(&exporter, &|| {
        let record = log::Record::builder();
        let record = &mut { record };
        bridge.log(
            &record
                .level(log::Level::Info)
                .args(format_args!("priced"))
                .build(),
        );
    });
}

#[test]
fn a_line_inside_a_span_of_another_tracer_has_the_ids_of_that_span() {
    let tracer = SdkTracerProvider::default().tracer("theirs");
    let (lines, _) = testing::capture(|| {
        let span = tracer.start("theirs");
        let of_span = span.span_context().clone();
        let _attached = Context::current_with_span(span).attach();
        let subscriber = |writer| {
            let subscriber = tracing_subscriber::fmt().with_writer(writer);
            let format = WithIds::text(format().without_time());
            subscriber.with_ansi(false).event_format(format).finish()
        };
        let ((), line) = lines_of(subscriber, || tracing::info!("priced"));
        (line, of_span)
    });
    let (line, theirs) = lines;
    let ids = format!(
        "trace_id={} span_id={} trace_flags={:02x}",
        theirs.trace_id(),
        theirs.span_id(),
        theirs.trace_flags().to_u8()
    );
    assert_eq!(line, format!(" INFO opentelemetry: priced {ids}\n"));
}

#[test]
fn parents_are_right_both_ways_with_another_tracer_too() {
    let tracer = SdkTracerProvider::default().tracer("theirs");
    let list = List::new().with(span("opentelemetry", "listed"));
    let subscriber = tracing_subscriber::registry().with(layer(&list).unwrap());
    let (theirs, capture) = testing::capture(|| {
        tracing::subscriber::with_default(subscriber, || {
            let theirs = tracer.start("theirs");
            let of_span = theirs.span_context().clone();
            let _attached = Context::current_with_span(theirs).attach();
            let listed = tracing::info_span!("listed");
            listed.in_scope(|| {
                let current = Context::current().span().span_context().span_id();
                assert_eq!(
                    current.to_bytes(),
                    context::ids().unwrap().span_id.to_bytes()
                );
            });
            assert_eq!(Context::current().span().span_context(), &of_span);
            of_span
        })
    });
    let listed = &capture.spans[0];
    assert_eq!(listed.parent.to_bytes(), theirs.span_id().to_bytes());
    assert_eq!(listed.trace_id.to_bytes(), theirs.trace_id().to_bytes());
}
