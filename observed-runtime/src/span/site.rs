//! What is known of a span at compile time.

/// The kind of a span (OpenTelemetry trace specification, "`SpanKind`").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The span's name.
    pub name: &'static str,
    /// The span's kind.
    pub kind: Kind,
    /// The keys of its attributes, in the order of their values.
    pub keys: &'static [&'static str],
}
