//! One entry of the list.

use tracing_core::Level;

/// A span or the events of a target, listed; made by [`span`] and [`event`].
#[derive(Clone, Debug)]
pub struct Listed {
    pub(crate) is_span: bool,
    pub(crate) target: String,
    /// The name that `tracing` has for it; of events none, which stands for all of the target.
    pub(crate) name: Option<String>,
    /// The name under which it leaves.
    pub(crate) exported: Option<String>,
    pub(crate) level: Level,
    pub(crate) scope: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) reasons: Vec<(String, String)>,
    /// Where it stands in a file.
    pub(crate) line: Option<usize>,
}

/// A listed field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) line: Option<usize>,
}

/// As what a field leaves; where it arrives as something else, it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An integer or a float.
    Number,
    /// `true` or `false`.
    Flag,
    /// A text that arrives as `&str`; never what `Debug` or `Display` would write.
    Public,
}

/// Lists the span with this target and name, as its library writes them.
///
/// ```
/// use observed_tracing::span;
///
/// let entry = span("h2::proto::connection", "Connection").named("h2_connection");
/// # drop(entry);
/// ```
#[must_use]
pub fn span(target: &str, name: &str) -> Listed {
    Listed::new(true, target, Some(name.to_owned()))
}

/// Lists the events with this target.
///
/// The name that `tracing` gives to most events is a place in the library's source, so an entry stands for all events of
/// the target unless [`Listed::only`] says otherwise.
///
/// ```
/// use observed_tracing::event;
///
/// let entry = event("sqlx::query").named("sqlx_query").number("rows_affected");
/// # drop(entry);
/// ```
#[must_use]
pub fn event(target: &str) -> Listed {
    Listed::new(false, target, None)
}

impl Listed {
    pub(crate) fn new(is_span: bool, target: &str, name: Option<String>) -> Self {
        Self {
            is_span,
            target: target.to_owned(),
            name,
            exported: None,
            level: Level::TRACE,
            scope: String::new(),
            fields: Vec::new(),
            reasons: Vec::new(),
            line: None,
        }
    }

    /// Lets it leave under this name, which follows the rules of names of spans (R3). Needed where `tracing`'s own name
    /// does not, and for events.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.exported = Some(name.to_owned());
        self
    }

    /// Narrows an entry of events to those with this name.
    #[must_use]
    pub fn only(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// Leaves out what is more verbose than this level.
    #[must_use]
    pub fn up_to(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Puts the span under a switch, `OBSERVED_<SCOPE>_ENABLED`, as `scope = "..."` does in an annotation.
    #[must_use]
    pub fn scope(mut self, scope: &str) -> Self {
        scope.clone_into(&mut self.scope);
        self
    }

    /// Lets a field leave that arrives as a number.
    #[must_use]
    pub fn number(self, key: &str) -> Self {
        self.field(key, Kind::Number, None)
    }

    /// Lets a field leave that arrives as `true` or `false`.
    #[must_use]
    pub fn flag(self, key: &str) -> Self {
        self.field(key, Kind::Flag, None)
    }

    /// Lets a field leave that arrives as `&str`, through the firewall. A reviewer searches for this word, as for
    /// `public(...)` in annotations.
    #[must_use]
    pub fn public(self, key: &str) -> Self {
        self.field(key, Kind::Public, None)
    }

    /// Says why a field whose name is in the dictionary is no personal data.
    #[must_use]
    pub fn not_pii(mut self, key: &str, reason: &str) -> Self {
        self.reasons.push((key.to_owned(), reason.to_owned()));
        self
    }

    pub(crate) fn field(mut self, key: &str, kind: Kind, line: Option<usize>) -> Self {
        let key = key.to_owned();
        self.fields.push(Field { key, kind, line });
        self
    }

    /// True for a span.
    #[must_use]
    pub fn is_span(&self) -> bool {
        self.is_span
    }

    /// The target, as the library writes it.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The name under which it leaves.
    #[must_use]
    pub fn exported(&self) -> &str {
        let name = self.exported.as_deref().or(self.name.as_deref());
        name.unwrap_or_default()
    }

    /// The switch that the span depends on; empty for none.
    #[must_use]
    pub fn scope_name(&self) -> &str {
        &self.scope
    }

    /// The listed fields, and as what each leaves.
    pub fn fields(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.fields
            .iter()
            .map(|field| (field.key.as_str(), field.kind))
    }

    /// The reason that was given for a field.
    #[must_use]
    pub fn reason(&self, key: &str) -> Option<&str> {
        let given = self.reasons.iter().find(|(of, _)| of == key);
        given.map(|(_, reason)| reason.as_str())
    }

    /// The entry's line in its file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What it is called in a message.
    pub(crate) fn described(&self) -> String {
        let Self { target, .. } = self;
        match (self.is_span, &self.name) {
            (true, name) => format!("span {target}/{}", name.as_deref().unwrap_or_default()),
            (false, None) => format!("events of {target}"),
            (false, Some(name)) => format!("event {target}/{name}"),
        }
    }
}
