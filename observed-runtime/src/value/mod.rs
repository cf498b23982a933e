//! What may be recorded: the types that are attribute values (R8) and the words that let text through (R9).

mod scalar;
mod text;

pub use scalar::AttributeValue;
pub(crate) use text::{DisplayText, StaticText, Text};

/// The longest text, in bytes, that is copied on the caller's path.
///
/// Longer text is dropped and counted, not cut: half a text says something else than the whole. Nothing inspects text
/// that carries a word of the grammar: what is written `public` leaves as it is.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// A value on its way into a span; made by [`AttributeValue`] and the words of the grammar only.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(pub(crate) Inner);

/// What a [`Value`] holds; text can only be put in through the words of the grammar.
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
}

impl Value {
    pub(crate) const ABSENT: Value = Value(Inner::Absent);
    pub(crate) const REFUSED: Value = Value(Inner::Refused);

    fn copied(text: &str) -> Value {
        if text.len() > MAX_TEXT_BYTES {
            return Value::REFUSED;
        }
        Value(Inner::Text(text.into()))
    }
}
