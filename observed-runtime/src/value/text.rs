//! The text that the wrappers of the grammar let through.

use std::borrow::Cow;
use std::fmt::{Display, Write};
use std::rc::Rc;
use std::sync::Arc;

use super::{Inner, MAX_TEXT_BYTES, Value};

/// Text that `public(...)` copies: strings and the standard owners of one.
///
/// The standard types only: a secret's wrapper must not become text because it dereferences to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text that `public(...)` can copy [R9-not-text]",
    label = "not a string",
    note = "numbers and booleans need no word: write attrs(key = expr); for a type with `Display` write \
            public_display(expr)"
)]
pub trait Text {
    /// A copy of the text, refused when it is longer than [`MAX_TEXT_BYTES`].
    fn to_text(&self) -> Value;
}

/// Text that `public_static(...)` records without copying: a `&'static str`, or `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `&'static str` [R9-not-static]",
    label = "not a `&'static str`",
    note = "write public(expr) for text that lives shorter"
)]
pub trait StaticText {
    /// The text as it is.
    fn to_static(&self) -> Value;
}

/// Anything that `public_display(...)` writes out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display` for `public_display(...)` [R9-no-display]",
    label = "no `Display`",
    note = "`Debug` is never used: record one field of the value"
)]
pub trait DisplayText {
    /// The text that `Display` writes, refused when it fails or is longer than [`MAX_TEXT_BYTES`].
    fn to_display(&self) -> Value;
}

impl Text for str {
    fn to_text(&self) -> Value {
        Value::copied(self)
    }
}

impl Text for String {
    fn to_text(&self) -> Value {
        Value::copied(self)
    }
}

impl Text for Cow<'_, str> {
    fn to_text(&self) -> Value {
        Value::copied(self)
    }
}

macro_rules! through_pointers {
    ($($pointer:ty),+) => {$(
        impl<T: Text + ?Sized> Text for $pointer {
            fn to_text(&self) -> Value {
                (**self).to_text()
            }
        }
    )+};
}

through_pointers!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: Text> Text for Option<T> {
    fn to_text(&self) -> Value {
        self.as_ref().map_or(Value::ABSENT, Text::to_text)
    }
}

impl StaticText for &'static str {
    fn to_static(&self) -> Value {
        Value(Inner::Static(self))
    }
}

impl StaticText for Option<&'static str> {
    fn to_static(&self) -> Value {
        self.map_or(Value::ABSENT, |text| Value(Inner::Static(text)))
    }
}

impl<T: Display + ?Sized> DisplayText for T {
    fn to_display(&self) -> Value {
        let mut bounded = Bounded(String::new());
        match write!(bounded, "{self}") {
            Ok(()) => Value(Inner::Text(bounded.0.into_boxed_str())),
            Err(_) => Value::REFUSED,
        }
    }
}

/// Takes text up to the limit, so that a `Display` that never ends does not fill the memory.
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        if self.0.len() + part.len() > MAX_TEXT_BYTES {
            return Err(std::fmt::Error);
        }
        self.0.push_str(part);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beyond_the_limit_is_refused_not_cut() {
        let longest = "x".repeat(MAX_TEXT_BYTES);
        assert_eq!(
            longest.to_text(),
            Value(Inner::Text(longest.as_str().into()))
        );
        assert_eq!(format!("{longest}x").to_text(), Value::REFUSED);
        assert_eq!(format!("{longest}x").to_display(), Value::REFUSED);
    }

    #[test]
    fn text_is_reached_through_pointers_and_options() {
        let expected = Value(Inner::Text("a".into()));
        assert_eq!(Arc::<str>::from("a").to_text(), expected);
        assert_eq!(Some(&Box::new("a".to_owned())).to_text(), expected);
        assert_eq!(None::<String>.to_text(), Value::ABSENT);
    }

    #[test]
    fn a_display_that_fails_is_refused() {
        struct Failing;
        impl Display for Failing {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                Err(std::fmt::Error)
            }
        }
        assert_eq!(Failing.to_display(), Value::REFUSED);
    }
}
