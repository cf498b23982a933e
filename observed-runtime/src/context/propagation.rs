//! W3C Trace Context in HTTP headers, by the propagator of the OpenTelemetry SDK.

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, TraceContextExt, TraceFlags};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;

pub use super::layer::{Extract, ExtractLayer};
use super::{Context, SpanId, TraceId};

/// The context that a request's `traceparent` and `tracestate` carry; empty if there is none or it is malformed.
#[must_use]
pub fn extract(headers: &http::HeaderMap) -> Context {
    let foreign = TraceContextPropagator::new()
        .extract_with_context(&opentelemetry::Context::new(), &HeaderExtractor(headers));
    let span = foreign.span();
    let remote = span.span_context();
    if !remote.is_valid() {
        return Context::default();
    }
    let trace_state = remote.trace_state().header();
    Context {
        trace_id: TraceId::from_bytes(remote.trace_id().to_bytes()),
        span_id: SpanId::from_bytes(remote.span_id().to_bytes()),
        sampled: remote.is_sampled(),
        remote: true,
        trace_state: (!trace_state.is_empty()).then(|| trace_state.into()),
        ..Context::default()
    }
}

/// Writes `context` into the headers of a request, replacing what is there; an empty context writes nothing.
pub fn inject(context: &Context, headers: &mut http::HeaderMap) {
    if !context.is_a_span() {
        return;
    }
    let trace_state = context
        .trace_state
        .as_deref()
        .and_then(|state| state.parse().ok())
        .unwrap_or_default();
    let sampled = if context.sampled {
        TraceFlags::SAMPLED
    } else {
        TraceFlags::default()
    };
    let local = SpanContext::new(
        opentelemetry::TraceId::from_bytes(context.trace_id.to_bytes()),
        opentelemetry::SpanId::from_bytes(context.span_id.to_bytes()),
        sampled,
        false,
        trace_state,
    );
    let foreign = opentelemetry::Context::new().with_remote_span_context(local);
    TraceContextPropagator::new().inject_context(&foreign, &mut HeaderInjector(headers));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(traceparent: &str) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        headers.insert("traceparent", traceparent.parse().unwrap());
        headers
    }

    #[test]
    fn what_is_injected_is_extracted() {
        let sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let mut out = headers(sent);
        out.insert("tracestate", "vendor=1".parse().unwrap());
        let context = extract(&out);
        assert_eq!(
            context.trace_id().to_string(),
            "0af7651916cd43dd8448eb211c80319c"
        );
        assert!(context.is_remote() && context.is_sampled());
        let mut forwarded = http::HeaderMap::new();
        inject(&context, &mut forwarded);
        assert_eq!(forwarded["traceparent"], sent);
        assert_eq!(forwarded["tracestate"], "vendor=1");
    }

    #[test]
    fn a_malformed_header_is_no_parent() {
        for bad in [
            "",
            "00",
            "00-0-0-00",
            "zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ] {
            assert_eq!(extract(&headers(bad)), Context::default(), "{bad}");
        }
    }

    #[test]
    fn an_empty_context_writes_no_header() {
        let mut out = http::HeaderMap::new();
        inject(&Context::new_trace(TraceId::random()), &mut out);
        assert!(out.is_empty());
    }
}
