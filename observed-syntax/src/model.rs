//! What a valid annotation says; nothing in here can be invalid.

use proc_macro2::Ident;
use syn::{Expr, LitStr};

/// A span, as an attribute or a macro describes it.
#[derive(Clone)]
pub struct Span {
    /// The span's name.
    pub name: LitStr,
    /// The span's kind.
    pub kind: Kind,
    /// What is recorded, in the order written.
    pub attributes: Vec<Attribute>,
    /// The parent, where it is not the current span: an expression of type `&Context`.
    pub parent: Option<Expr>,
}

/// An annotated function's span.
#[derive(Clone)]
pub struct ObservedFn {
    /// The span itself.
    pub span: Span,
    /// The word `err`, if an `Err` is recorded as the span's outcome.
    pub err: Option<Ident>,
}

/// The span kinds of OpenTelemetry (trace specification, "`SpanKind`").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The default: an operation inside the service.
    Internal,
    /// A request that this service answers.
    Server,
    /// A request that this service makes.
    Client,
    /// A message sent, answered later or never.
    Producer,
    /// A message received.
    Consumer,
}

impl Kind {
    /// Every kind with the word that names it in the grammar.
    pub const WORDS: &'static [(&'static str, Kind)] = &[
        ("internal", Kind::Internal),
        ("server", Kind::Server),
        ("client", Kind::Client),
        ("producer", Kind::Producer),
        ("consumer", Kind::Consumer),
    ];
}

/// One recorded attribute.
#[derive(Clone)]
pub struct Attribute {
    /// The key that leaves.
    pub key: String,
    /// How the expression becomes a value.
    pub reading: Reading,
    /// The expression; it cannot steer the function.
    pub value: Expr,
}

/// How an attribute's expression becomes a value: the words of the grammar (R8, R9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A value whose type is an attribute value.
    Plain,
    /// `public(...)`: text that is copied.
    Public,
    /// `public_static(...)`: a `&'static str` that is not.
    PublicStatic,
    /// `public_display(...)`: anything through `Display`.
    PublicDisplay,
}

impl Reading {
    /// Every word with the reading that it stands for.
    pub const WORDS: &'static [(&'static str, Reading)] = &[
        ("public", Reading::Public),
        ("public_static", Reading::PublicStatic),
        ("public_display", Reading::PublicDisplay),
    ];
}
