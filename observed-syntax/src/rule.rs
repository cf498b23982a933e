//! The rules that an annotation must keep, each with the identifier that its message carries.

use std::fmt;

use quote::ToTokens;

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)+) => {
        /// A rule of the grammar; its identifier stands in brackets at the end of the message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule { $($(#[doc = $doc])+ $name,)+ }

        impl Rule {
            /// Every rule; a test checks that each has a compile-fail case.
            pub const ALL: &'static [Rule] = &[$(Rule::$name,)+];

            /// Returns the identifier: the requirement, then the mistake.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Rule::$name => $id,)+ }
            }
        }
    };
}

impl Rule {
    /// The message that tokens break this rule.
    pub(crate) fn broken(self, tokens: impl ToTokens, message: impl fmt::Display) -> syn::Error {
        syn::Error::new_spanned(tokens, format!("{message} [{}]", self.id()))
    }
}

rules! {
    /// The attribute goes on one function.
    UnsupportedItem = "R2-unsupported-item",
    /// A `const fn` runs at compile time, where there is no trace.
    ConstFn = "R2-const-fn",
    /// A naked function has no body that a span could be around.
    NakedFn = "R2-naked-fn",
    /// A trait function without a body has nothing to observe.
    NoBody = "R2-no-body",
    /// A plain function that returns a future: the time measured would be that of its construction.
    ReturnsFuture = "R4-returns-future",
    /// A stream has no single end that a span could have.
    ReturnsStream = "R4-returns-stream",
    /// `future` on a function that returns none.
    FutureMisplaced = "R4-future-misplaced",
    /// `err` needs a returned value.
    ErrWithoutResult = "R4-err-without-result",
    /// `err` would change what `Location::caller()` answers.
    ErrTrackCaller = "R4-err-track-caller",
    /// An argument that the grammar does not have.
    UnknownArgument = "R2-unknown-argument",
    /// An argument that does not belong to this form.
    MisplacedArgument = "R2-misplaced-argument",
    /// An argument given twice.
    DuplicateArgument = "R2-duplicate-argument",
    /// An argument whose form cannot be read.
    MalformedArgument = "R2-malformed-argument",
    /// `name` is mandatory.
    MissingName = "R3-missing-name",
    /// `name` is a string literal.
    NameLiteral = "R3-name-literal",
    /// `name` has a fixed shape.
    NameShape = "R3-name-shape",
    /// `name` is short.
    NameLength = "R3-name-length",
    /// `name` carries no number or identifier of one entity.
    NameCardinality = "R3-name-cardinality",
    /// `route` takes two parts.
    RouteParts = "R3-route-parts",
    /// A route is the name of a request.
    RouteKind = "R3-route-kind",
    /// A literal method that HTTP does not have.
    RouteMethod = "R3-route-method",
    /// A literal that is no template of a route.
    RouteTemplate = "R3-route-template",
    /// The name is needed before the patterns of the parameters have been taken apart.
    RoutePattern = "R3-route-pattern",
    /// `scope` has a fixed shape.
    ScopeShape = "R3-scope-shape",
    /// `future` would change what `Location::caller()` answers.
    FutureTrackCaller = "R4-future-track-caller",
    /// The code of an error names something of the function.
    ErrCode = "R5-err-code",
    /// The parent is needed before the patterns of the parameters have been taken apart.
    ParentPattern = "R18-parent-pattern",
    /// A root has no parent.
    RootAndParent = "R18-root-and-parent",
    /// A kind that OpenTelemetry does not have.
    UnknownKind = "R2-unknown-kind",
    /// An attribute expression that could steer the function.
    Expression = "R5-expression",
    /// An attribute whose key cannot be read off its expression.
    KeyNeeded = "R1-key-needed",
    /// A key has a fixed shape.
    KeyShape = "R3-key-shape",
    /// A key given twice.
    DuplicateKey = "R1-duplicate-key",
    /// Late attributes have no handles.
    LateHandle = "R1-late-handle",
    /// A late attribute that is recorded and was not declared.
    LateUndeclared = "R1-late-undeclared",
    /// Late text is declared `text` and recorded with a wrapper; other values are not.
    LateText = "R9-late-text",
    /// A whole `self` would be recorded.
    WholeSelf = "R1-whole-self",
    /// A parameter marked `#[pii]` would be recorded.
    PiiParameter = "R7-pii-parameter",
    /// A marked parameter with a pattern that a macro writes.
    UnreadablePattern = "R7-unreadable-pattern",
    /// A name out of a nested pattern, where the policy of the type cannot be asked.
    NestedPattern = "R7-nested-pattern",
    /// A method that unwraps a secret.
    UnwrapsSecret = "R7-unwraps-secret",
    /// A name of the dictionary.
    PersonalName = "R10-personal-name",
    /// A literal that looks like personal data or a credential.
    PersonalLiteral = "R10-personal-literal",
    /// `not_pii(...)` needs a reason.
    NotPiiReason = "R10-not-pii-reason",
    /// A type for which `AttributeValue` cannot be derived.
    DeriveValue = "R8-derive-value",
    /// Text that would be recorded without `public`.
    DeriveText = "R9-derive-text",
    /// An argument of a derive that cannot be read.
    DeriveArgument = "R8-derive-argument",
    /// A wrapper, `public(...)` or its kin, takes one expression.
    WrapperArity = "R9-wrapper-arity",
    /// `?value` and `%value` are of another library.
    ForeignSigil = "R9-foreign-sigil",
    /// Wrappers do not nest.
    WrapperNesting = "R9-wrapper-nesting",
    /// A key of the semantic conventions with a value of another kind.
    KeyType = "R22-key-type",
}
