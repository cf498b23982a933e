//! Sites: what one annotation lets out, as plain data.

use observed_syntax::fingerprint::Fingerprint;
use observed_syntax::hash::fnv1a;

use crate::place::Place;

/// What makes a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// `#[observed]` or `observed_span!`.
    Span,
    /// `observed_event!`.
    Event,
}

impl What {
    pub(crate) fn word(self) -> &'static str {
        match self {
            What::Span => "span",
            What::Event => "event",
        }
    }
}

/// What leaves of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing, not even that there was one.
    Unrecorded,
    /// The name of its type.
    TypeName,
    /// What this expression makes of it.
    Code(String),
}

/// One annotation and all that leaves at it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) what: What,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) scope: Option<String>,
    /// `crate::module::function`.
    pub(crate) path: String,
    /// The package.
    pub(crate) package: String,
    /// Whether the package is one of the workspace.
    pub(crate) is_member: bool,
    pub(crate) keys: Vec<Recorded>,
    pub(crate) err: Outcome,
    pub(crate) has_links: bool,
    /// Conditions under which it is compiled.
    pub(crate) cfg: Vec<String>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) place: Place,
}

/// One key that leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) key: String,
    /// The type with the variants of an enum; `?` where the source does not show it.
    pub(crate) ty: String,
    pub(crate) class: Class,
    /// The wrappers around it, with those of the places that record it late.
    pub(crate) wrappers: Vec<&'static str>,
    /// The reason in `not_pii(..)`.
    pub(crate) not_pii: Option<String>,
    /// Whether the dictionary would ask for a reason.
    pub(crate) needs_reason: bool,
    pub(crate) is_late: bool,
    /// Where it is written; of a late key the declaration, then every record.
    pub(crate) places: Vec<Place>,
}

/// What kind of value leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Number,
    Flag,
    Duration,
    Enum,
    /// Text of the program's own source.
    Literal,
    /// Text that stands in a wrapper.
    Text,
    Unknown,
}

/// The type that the source does not show.
pub(crate) const UNKNOWN: &str = "?";

impl Class {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let all = [
            Class::Number,
            Class::Flag,
            Class::Duration,
            Class::Enum,
            Class::Literal,
            Class::Text,
            Class::Unknown,
        ];
        all.into_iter().find(|it| it.word() == word)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Class::Number => "number",
            Class::Flag => "flag",
            Class::Duration => "duration",
            Class::Enum => "enum",
            Class::Literal => "literal",
            Class::Text => "text",
            Class::Unknown => UNKNOWN,
        }
    }
}

impl Recorded {
    /// The class and what qualifies it: `late+public_static`, `number+not_pii("a shelf")`.
    pub(crate) fn classes(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        if self.is_late {
            words.push("late".to_owned());
        }
        words.extend(self.wrappers.iter().map(|it| (*it).to_owned()));
        if words.is_empty() {
            words.push(self.class.word().to_owned());
        }
        if let Some(reason) = &self.not_pii {
            words.push(format!("not_pii({reason:?})"));
        }
        words.join("+")
    }

    /// The key as the lock lists it.
    pub(crate) fn listed(&self) -> String {
        format!("{}:{}:{}", self.key, self.ty, self.classes())
    }
}

impl Site {
    /// The mark under which a person lets the site through: the fingerprint, and a number of the types and classes that
    /// the macro cannot see.
    pub(crate) fn seal(&self) -> String {
        let listed: Vec<String> = self.keys.iter().map(Recorded::listed).collect();
        let types = fnv1a(&listed.join("\n")) as u32;
        format!("{}.{types:08x}", self.fingerprint)
    }

    /// The module that `max-modules` counts: the crate and the direct child of its root.
    pub(crate) fn top_module(&self) -> String {
        let mut parts = self.path.split("::");
        let krate = parts.next().unwrap_or_default();
        match (parts.next(), parts.next()) {
            (Some(module), Some(_)) => format!("{krate}::{module}"),
            _ => krate.to_owned(),
        }
    }
}

/// The type of an attribute outside, by the type of a key; nothing where it is not known.
pub(crate) fn exported(ty: &str) -> Option<&'static str> {
    match ty {
        // A number of a `tracing` library arrives as any of them.
        UNKNOWN | "number" => None,
        "bool" => Some("a flag"),
        "double" | "f32" | "f64" | "Duration" => Some("a fraction"),
        "int[]" => Some("a list of whole numbers"),
        "double[]" => Some("a list of fractions"),
        "bool[]" => Some("a list of flags"),
        "text[]" => Some("a list of texts"),
        "int" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64"
        | "i128" | "isize" => Some("a whole number"),
        _ => Some("text"),
    }
}
