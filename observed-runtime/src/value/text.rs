//! The text that the wrappers of the grammar let through.

use std::borrow::Cow;
use std::fmt::{Display, Write};
use std::rc::Rc;
use std::sync::Arc;

use super::{Inner, MAX_TEXT_BYTES, Value, head};

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
    /// A copy of the text, cut where it is longer than [`MAX_TEXT_BYTES`].
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
    /// The text that `Display` writes, cut where it is longer than [`MAX_TEXT_BYTES`]; refused when it fails before.
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
        let mut bounded = Bounded::default();
        let written = write!(bounded, "{self}");
        if written.is_err() && !bounded.is_full {
            return Value::REFUSED;
        }
        Value::of_text(bounded.text.into_boxed_str(), bounded.is_full)
    }
}

/// Takes text up to the limit and then says so, so that a `Display` that writes without end is ended.
#[derive(Default)]
struct Bounded {
    text: String,
    /// Something did not fit: nothing more is taken, also not what would.
    is_full: bool,
}

impl Write for Bounded {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        if self.is_full {
            return Err(std::fmt::Error);
        }
        let taken = head(part, MAX_TEXT_BYTES - self.text.len());
        self.text.push_str(taken);
        self.is_full = taken.len() < part.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beyond_the_bound_is_cut_at_a_character_whatever_its_length() {
        let longest = "x".repeat(MAX_TEXT_BYTES);
        let whole = Value::of_text(longest.as_str().into(), false);
        let cut = Value::of_text(longest.as_str().into(), true);
        assert_eq!(
            (longest.to_text(), longest.to_display()),
            (whole.clone(), whole)
        );
        for longer in [format!("{longest}x"), longest.repeat(3)] {
            assert_eq!(
                (longer.to_text(), longer.to_display()),
                (cut.clone(), cut.clone())
            );
        }
        let shorter = &longest[1..];
        let accent = format!("{shorter}áx");
        let cut = Value::of_text(shorter.into(), true);
        assert_eq!((accent.to_text(), accent.to_display()), (cut.clone(), cut));
    }

    #[test]
    fn a_display_that_never_ends_is_cut_at_the_bound() {
        struct Endless;
        impl Display for Endless {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                loop {
                    f.write_str("á, x")?;
                }
            }
        }
        let expected: String = "á, x".chars().cycle().take(13_107).collect();
        assert_eq!(Endless.to_display(), Value::of_text(expected.into(), true));
    }

    #[test]
    fn what_a_display_writes_after_the_bound_is_not_taken_even_if_it_fits() {
        struct Deaf;
        impl Display for Deaf {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let _ = f.write_str(&"x".repeat(MAX_TEXT_BYTES - 1));
                let _ = f.write_str("á");
                let _ = f.write_str("y");
                Ok(())
            }
        }
        let expected = "x".repeat(MAX_TEXT_BYTES - 1);
        assert_eq!(Deaf.to_display(), Value::of_text(expected.into(), true));
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
