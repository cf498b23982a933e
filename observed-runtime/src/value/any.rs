//! A value of any kind, on its way from an annotation into a record.

/// The longest text, in bytes, that is copied on the caller's path.
///
/// Longer text is dropped and counted. Shorter text is looked at whole by the worker before it is cut to
/// `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, so that nothing hides behind the cut.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// A value on its way into a span; made by [`AttributeValue`] and the wrappers of the grammar only.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(pub(crate) Inner);

/// What a [`Value`] holds; text can only be put in through the wrappers of the grammar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inner {
    /// Nothing to record: `None`.
    Absent,
    /// Something that must not or cannot be recorded; counted.
    Refused,
    Bool(bool),
    I64(i64),
    F64(f64),
    Static(&'static str),
    Text(Box<str>),
    Bools(Box<[bool]>),
    I64s(Box<[i64]>),
    F64s(Box<[f64]>),
    Texts(Box<[Box<str>]>),
}

impl Value {
    pub(crate) const ABSENT: Value = Value(Inner::Absent);
    pub(crate) const REFUSED: Value = Value(Inner::Refused);

    pub(super) fn copied(text: &str) -> Value {
        if text.len() > MAX_TEXT_BYTES {
            return Value::REFUSED;
        }
        Value(Inner::Text(text.into()))
    }
}
