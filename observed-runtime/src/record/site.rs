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

/// One annotation; a constant in the expansion, which writes it without names: what an annotation costs to build is its
/// tokens.
#[derive(Debug)]
pub struct Site(
    /// The name of the span, or of the event.
    pub &'static str,
    /// The span's kind, by its number in OTLP.
    pub u8,
    /// The keys of its attributes in the order of their values, late ones last.
    pub &'static [&'static str],
    /// The switch that the span depends on; empty for none.
    pub &'static str,
    /// Where it stands: package, version, module, function, file; each empty where it is not known.
    pub [&'static str; 5],
    /// The annotation's first line, else 0.
    pub u32,
    /// The fingerprint of what leaves, as `observed.lock` has it; 0 for what no annotation made.
    pub u64,
);

/// Where an annotation stands in the source: the instrumentation scope, and the `code.*` attributes of who asks for them.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
pub(crate) struct Code {
    /// The package, as `CARGO_PKG_NAME` has it; empty where cargo did not build it, and so is the version.
    pub(crate) package: &'static str,
    /// `CARGO_PKG_VERSION`.
    pub(crate) version: &'static str,
    /// The module's path, the crate first.
    pub(crate) module: &'static str,
    /// The function's name without its type, which the attribute cannot see; empty for a block.
    pub(crate) function: &'static str,
    /// The file as the compiler was given it; empty where it does not say (Rust before 1.88).
    pub(crate) file: &'static str,
    /// The annotation's first line, else 0.
    pub(crate) line: u32,
}

/// The bit of a kind that says that the site was made at run time.
const MADE: u8 = 1 << 7;

#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
impl Site {
    /// The same annotation under a name that was made at run time.
    pub(crate) fn named(&self, name: &'static str) -> Self {
        Self {
            0: name,
            1: self.1 | MADE,
            ..*self
        }
    }

    /// True where the name was made at run time.
    #[inline]
    pub(crate) fn is_made(&self) -> bool {
        self.1 & MADE != 0
    }

    /// What the lock calls it; nothing for a request, which is listed by the parts of its name.
    #[cfg(feature = "enable")]
    pub(crate) fn name_in_lock(&self) -> Option<&'static str> {
        // No annotation of another kind has this name (R3); a route of two literals has a name of its own.
        let is_request = self.is_made() || self.0 == observed_syntax::routes::OTHER_METHOD;
        (!is_request).then_some(self.0)
    }

    /// What it is called where it must not be shown what a request is called.
    #[cfg(feature = "enable")]
    pub(crate) fn listed_name(&self) -> &'static str {
        self.name_in_lock().unwrap_or("METHOD template")
    }

    /// An annotation that stands nowhere: an event, which stands in its span, and what no source has.
    #[must_use]
    pub const fn nowhere(name: &'static str, keys: &'static [&'static str]) -> Self {
        Self(name, 1, keys, "", [""; 5], 0, 0)
    }

    #[inline]
    pub(crate) fn name(&self) -> &'static str {
        self.0
    }

    pub(crate) fn kind(&self) -> Kind {
        match self.1 & !MADE {
            2 => Kind::Server,
            3 => Kind::Client,
            4 => Kind::Producer,
            5 => Kind::Consumer,
            _ => Kind::Internal,
        }
    }

    #[inline]
    pub(crate) fn keys(&self) -> &'static [&'static str] {
        self.2
    }

    #[inline]
    pub(crate) fn scope(&self) -> &'static str {
        self.3
    }

    /// What the lock calls what leaves here.
    #[cfg_attr(not(feature = "enable"), allow(dead_code, reason = "nothing leaves"))]
    pub(crate) fn fingerprint(&self) -> u64 {
        self.6
    }

    pub(crate) fn code(&self) -> Code {
        let [package, version, module, function, file] = self.4;
        Code {
            package,
            version,
            module,
            function,
            file,
            line: self.5,
        }
    }
}
