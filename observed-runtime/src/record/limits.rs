//! The limits of one span (OpenTelemetry specification, "Span limits").

/// Events of one span, the default of `OTEL_SPAN_EVENT_COUNT_LIMIT`.
#[cfg(feature = "enable")]
pub(crate) const MAX_EVENTS: usize = 128;

/// Links of one span, the default of `OTEL_SPAN_LINK_COUNT_LIMIT`.
pub(crate) const MAX_LINKS: usize = 128;
