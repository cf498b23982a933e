//! What is known of a span, or of an event, at compile time.

/// The kind of a span (OpenTelemetry trace specification, "`SpanKind`").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// An operation inside the service.
    Internal,
    /// A request that this service answers.
    Server,
    /// A request that this service makes.
    Client,
    /// A message sent.
    Producer,
    /// A message received.
    Consumer,
}

/// One annotation; a constant in the expansion.
#[derive(Debug)]
pub struct Site {
    /// The name of the span, or of the event.
    pub name: &'static str,
    /// The span's kind.
    pub kind: Kind,
    /// The keys of its attributes in the order of their values, late ones last.
    pub keys: &'static [&'static str],
    /// The switch that the span depends on; empty for none.
    pub scope: &'static str,
}
