//! A value of any kind, on its way from an annotation into a record.

/// The longest text, in bytes, that is copied on the caller's path; a longer one is cut there, at a character.
///
/// The worker looks at what was copied and only then cuts it to `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, so that nothing hides
/// behind that cut. Of a text that was longer than this the last 1,024 copied bytes do not leave: what looks like personal
/// data and reaches across the end of the copy cannot be seen to. The texts of one array share the limit; those beyond it
/// are left out.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// A value on its way into a span; made by [`AttributeValue`](crate::AttributeValue) and the wrappers of the grammar only.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(pub(crate) Inner);

/// What a [`Value`] holds; text can only be put in through the wrappers of the grammar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inner {
    /// Nothing to record: `None`.
    Absent,
    /// Something that could not be recorded: its expression panicked, or it is an array that is too long.
    Refused,
    /// A whole number above `i64::MAX`, or an array with one.
    OutOfRange,
    Bool(bool),
    I64(i64),
    F64(f64),
    Static(&'static str),
    Text(Box<str>),
    Bools(Box<[bool]>),
    I64s(Box<[i64]>),
    F64s(Box<[f64]>),
    Texts(Box<[Box<str>]>),
    /// A text that was cut when it was copied.
    CutText(Box<str>),
    /// An array that was cut so: its last text was, and what was behind that is missing.
    CutTexts(Box<[Box<str>]>),
}

impl Value {
    pub(crate) const ABSENT: Value = Value(Inner::Absent);
    pub(crate) const REFUSED: Value = Value(Inner::Refused);
    pub(crate) const OUT_OF_RANGE: Value = Value(Inner::OutOfRange);

    pub(super) fn copied(text: &str) -> Value {
        let part = head(text, MAX_TEXT_BYTES);
        Value::of_text(part.into(), part.len() < text.len())
    }

    pub(super) fn of_text(text: Box<str>, is_cut: bool) -> Value {
        Value(if is_cut {
            Inner::CutText(text)
        } else {
            Inner::Text(text)
        })
    }

    pub(super) fn of_texts(texts: Box<[Box<str>]>, is_cut: bool) -> Value {
        Value(if is_cut {
            Inner::CutTexts(texts)
        } else {
            Inner::Texts(texts)
        })
    }

    /// Whether there is something to give back when it is dropped.
    #[cfg(feature = "enable")]
    #[inline]
    pub(crate) fn owns_memory(&self) -> bool {
        !matches!(
            self.0,
            Inner::Absent
                | Inner::Refused
                | Inner::OutOfRange
                | Inner::Bool(_)
                | Inner::I64(_)
                | Inner::F64(_)
                | Inner::Static(_)
        )
    }

    /// Why nothing of the value can be exported, where there was one.
    #[cfg(feature = "enable")]
    pub(crate) fn loss(&self) -> Option<Loss> {
        let loss = match &self.0 {
            Inner::Refused => Loss::Lost,
            Inner::OutOfRange => Loss::OutOfRange,
            Inner::F64(float) if !float.is_finite() => Loss::NotFinite,
            Inner::F64s(floats) if !floats.iter().all(|float| float.is_finite()) => Loss::NotFinite,
            _ => return None,
        };
        Some(loss)
    }
}

/// What of `text` fits into `max` bytes, to the last whole character.
pub(crate) fn head(text: &str, max: usize) -> &str {
    let mut ends = (0..=max.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// Why an attribute does not leave as it was.
#[cfg(feature = "enable")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Its expression panicked, its `Display` failed, or it is an array that is too long.
    Lost,
    /// A float that is not finite, or an array with one: JSON has no place for it, and backends answer in JSON.
    NotFinite,
    /// A whole number above `i64::MAX`: OTLP has no place for it.
    OutOfRange,
    /// Beyond the limit of the attributes of a span or an event.
    OverLimit,
    /// A text that was cut.
    Cut,
}

#[cfg(feature = "enable")]
impl Loss {
    /// The reason as one word, for `status()`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Loss::Lost => "lost",
            Loss::NotFinite => "not_finite",
            Loss::OutOfRange => "out_of_range",
            Loss::OverLimit => "over_limit",
            Loss::Cut => "cut",
        }
    }
}

#[cfg(all(test, feature = "enable"))]
mod tests {
    use super::*;

    #[test]
    fn what_owns_memory_is_known_so_that_it_is_given_back() {
        let text = || Box::<str>::from("a");
        let owning = [
            Inner::Text(text()),
            Inner::CutText(text()),
            Inner::Bools([true].into()),
            Inner::I64s([1].into()),
            Inner::F64s([1.0].into()),
            Inner::Texts([text()].into()),
            Inner::CutTexts([text()].into()),
        ];
        for value in owning {
            assert!(Value(value.clone()).owns_memory(), "{value:?}");
        }
        for value in [Inner::Absent, Inner::I64(1), Inner::Static("a")] {
            assert!(!Value(value.clone()).owns_memory(), "{value:?}");
        }
    }
}
