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
    /// Where the annotation stands.
    pub code: Code,
}

/// Where an annotation stands in the source: the instrumentation scope, and the `code.*` attributes of who asks for them.
#[derive(Debug)]
pub struct Code {
    /// The package, as `CARGO_PKG_NAME` has it; empty where cargo did not build it, and so is the version.
    pub package: &'static str,
    /// `CARGO_PKG_VERSION`.
    pub version: &'static str,
    /// The module's path, the crate first.
    pub module: &'static str,
    /// The function's name without its type, which the attribute cannot see; empty for a block.
    pub function: &'static str,
    /// The file as the compiler was given it; empty where it does not say (Rust before 1.88).
    pub file: &'static str,
    /// The annotation's first line, else 0.
    pub line: u32,
}

impl Code {
    /// Of an event, which stands in its span, and of what no annotation made.
    pub const NONE: Self = Self {
        package: "",
        version: "",
        module: "",
        function: "",
        file: "",
        line: 0,
    };
}
