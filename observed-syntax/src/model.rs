//! What a valid annotation says; nothing in here can be invalid.

use crate::parse::LateType;
use proc_macro2::Ident;
use syn::{Expr, ExprField, LitStr, Member, Pat, Path, Type};

/// A span, as an attribute or a macro describes it.
#[derive(Clone)]
pub struct Span {
    /// The span's name; of a route what it is listed as, such as `METHOD /users/{id}`.
    pub name: LitStr,
    /// What the name is made of, where it is not known before the program runs.
    pub route: Option<Route>,
    /// The span's kind.
    pub kind: Kind,
    /// What is recorded, in the order written.
    pub attributes: Vec<Attribute>,
    /// Who the parent is.
    pub parent: Parent,
    /// An iterator of contexts that the span is linked to.
    pub links: Option<Expr>,
    /// The name of the switch that the span depends on.
    pub scope: Option<String>,
    /// The path of the runtime, where it is not `::observed_runtime`.
    pub runtime: Option<Path>,
}

/// A name of two closed parts (R3).
#[derive(Clone)]
pub struct Route {
    /// The method of HTTP.
    pub method: Expr,
    /// The template that the program wrote.
    pub template: Expr,
}

/// An event of the current span.
#[derive(Clone)]
pub struct Event {
    /// The event's name.
    pub name: LitStr,
    /// What is recorded, in the order written.
    pub attributes: Vec<Attribute>,
    /// The path of the runtime, where it is not `::observed_runtime`.
    pub runtime: Option<Path>,
}

/// An annotated function's span.
#[derive(Clone)]
pub struct ObservedFn {
    /// The span itself.
    pub span: Span,
    /// What is recorded while the function runs.
    pub late: Vec<Late>,
    /// What an `Err` says, if the outcome is recorded.
    pub err: Option<Err>,
    /// Where the function's work happens.
    pub work: Work,
    /// Fields that the parameters' patterns bind and an attribute names.
    pub bound_fields: Vec<BoundField>,
    /// What the values that the body records by other names were made of, where their owners can be asked.
    pub local: Vec<Local>,
    /// Whether the body records late attributes, declared or not.
    pub records_late: bool,
}

/// A field that a pattern in the parameter list binds: the policy of its type is asked by the type, not by a path.
#[derive(Clone)]
pub struct BoundField {
    /// The type of what the pattern takes apart.
    pub owner: Type,
    /// The field.
    pub member: Member,
    /// Where it was named.
    pub named: Ident,
}

/// What the body records by another name, asked of its type at the head of the function.
#[derive(Clone)]
pub struct Local {
    /// The names on the way from the parameters, in the order in which they are bound.
    pub given: Vec<Given>,
    /// What is asked.
    pub about: About,
}

/// What is asked of a value.
#[derive(Clone)]
pub enum About {
    /// Whether a field is marked.
    Field(ExprField),
    /// Whether the value may be shown as text.
    Text(Expr),
    /// Whether the value may be taken out of its wrapper.
    Opened(Expr),
}

/// Names that the body binds.
#[derive(Clone)]
pub struct Given {
    /// What binds them.
    pub pattern: Pat,
    /// What they are taken out of.
    pub source: Expr,
    /// How it is matched with that.
    pub by: By,
}

/// How a pattern is matched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// With the value.
    Value,
    /// With each element, by a loop.
    Element,
    /// With each element, by a closure that `map` and its kin take.
    Closure,
    /// In a way that nobody can repeat.
    Unknown,
}

/// Who the parent of a span is.
#[derive(Clone)]
pub enum Parent {
    /// The current span.
    Current,
    /// Nobody: the span begins a trace.
    Root,
    /// An expression of type `&Context`.
    Given(Box<Expr>),
}

/// The argument `err`.
#[derive(Clone)]
pub struct Err {
    /// The keyword, so that errors about it point there.
    pub keyword: Ident,
    /// The static code of an error that is bound as `error`; without it, the type's name.
    pub code: Option<Expr>,
}

/// Where a function does its work, so where its span must be current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// In its body.
    Body,
    /// In the polls of an `async fn`.
    Polls,
    /// In the polls of the `impl Future` that it returns.
    ReturnedFuture,
    /// In the polls of the boxed future that it returns.
    BoxedFuture,
    /// In the polls of the block that `#[async_trait]` boxed.
    AsyncTrait,
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
    /// Every kind with the keyword that names it.
    pub const KEYWORDS: &'static [(&'static str, Kind)] = &[
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
    /// The reason in `not_pii(..)`, where it stands around the expression.
    pub not_pii: Option<String>,
    /// What its type is asked, where a name of the dictionary stands before it.
    pub suspicion: Option<Suspicion>,
    /// What the semantic conventions have to say of it.
    pub conventional: Conventional,
}

impl Attribute {
    /// What its type is asked: one question, of personal data first.
    #[must_use]
    pub fn asked(&self) -> Option<&Suspicion> {
        self.suspicion
            .as_ref()
            .or(self.conventional.expected.as_ref())
    }
}

/// What the semantic conventions have to say of a key and its value (R22); of a key of one's own nothing.
#[derive(Clone, Default)]
pub struct Conventional {
    /// What the type is asked, where the expression does not show its kind.
    pub expected: Option<Suspicion>,
    /// That the key is not to be used any more.
    pub replaced: Option<Replaced>,
}

/// A key that the conventions took back.
#[derive(Clone)]
pub struct Replaced {
    /// The key as the name of a constant, on the key.
    pub named: Ident,
    /// What the compiler says of its use.
    pub note: String,
}

/// A name of the dictionary, or a key of the conventions, before a value whose kind the expression does not show: the type decides.
#[derive(Clone)]
pub struct Suspicion {
    /// What the compiler says where the kind may not leave.
    pub message: String,
    /// What it says at the expression.
    pub label: String,
    /// What to do about it.
    pub notes: [String; 2],
    /// The kinds that may leave.
    pub kinds: Vec<ValueKind>,
}

/// The kind of a value (R10, R22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A boolean.
    Flag,
    /// A duration.
    Elapsed,
    /// A name of a closed set.
    Name,
    /// A number.
    Number,
    /// Text that a type says may leave.
    Text,
}

/// One attribute that the function's body sets.
#[derive(Clone)]
pub struct Late {
    /// The key that leaves.
    pub key: String,
    /// What it takes.
    pub ty: LateType,
    /// The reason in `not_pii(..)`, where it stands around the type.
    pub not_pii: Option<String>,
    /// What that type is asked, where the key is in the dictionary.
    pub suspicion: Option<Suspicion>,
    /// What the semantic conventions have to say of it.
    pub conventional: Conventional,
}

impl Late {
    /// What its type is asked: one question, of personal data first.
    #[must_use]
    pub fn asked(&self) -> Option<&Suspicion> {
        self.suspicion
            .as_ref()
            .or(self.conventional.expected.as_ref())
    }
}

/// How an attribute's expression becomes a value: plainly, or as the wrapper around it says (R8, R9).
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
    /// Every wrapper with the reading that it stands for.
    pub const WRAPPERS: &'static [(&'static str, Reading)] = &[
        ("public", Reading::Public),
        ("public_static", Reading::PublicStatic),
        ("public_display", Reading::PublicDisplay),
    ];
}
