//! Arrays, slices and vectors of the primitive kinds: arrays in OTLP.

use super::kind::{Derived, Number};
use super::{AttributeValue, Inner, MAX_TEXT_BYTES, Text, Value, head};

/// The most elements of an array; a longer one is left out and counted, not cut.
const MAX_ELEMENTS: usize = 1024;

/// A number or a flag that an array may be made of; sealed.
#[diagnostic::on_unimplemented(
    message = "an array of `{Self}` cannot be recorded as an attribute [R8-not-a-value]",
    label = "not an array of numbers or booleans",
    note = "arrays of booleans, integers and floats are recorded as they are; texts must be written public(...), and bytes \
            are texts"
)]
pub trait Element: sealed::Sealed + Sized {
    /// The array, out of range as a whole when an element has no place in OTLP.
    fn array(elements: &[Self]) -> Value;
}

mod sealed {
    pub trait Sealed {}
}

impl<T: Element> Derived for [T] {}

impl<T: Element> AttributeValue for [T] {
    type Kind = Number;

    fn to_value(&self) -> Value {
        if self.len() > MAX_ELEMENTS {
            return Value::REFUSED;
        }
        T::array(self)
    }
}

impl<T: Element, const N: usize> Derived for [T; N] {}

impl<T: Element, const N: usize> AttributeValue for [T; N] {
    type Kind = Number;

    fn to_value(&self) -> Value {
        self.as_slice().to_value()
    }
}

impl<T: Element> Derived for Vec<T> {}

impl<T: Element> AttributeValue for Vec<T> {
    type Kind = Number;

    fn to_value(&self) -> Value {
        self.as_slice().to_value()
    }
}

impl sealed::Sealed for bool {}

impl Element for bool {
    fn array(elements: &[Self]) -> Value {
        Value(Inner::Bools(elements.into()))
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {$(
        impl sealed::Sealed for $integer {}

        impl Element for $integer {
            fn array(elements: &[Self]) -> Value {
                let converted: Result<Box<[i64]>, _> = elements.iter().map(|element| i64::try_from(*element)).collect();
                converted.map_or(Value::OUT_OF_RANGE, |elements| Value(Inner::I64s(elements)))
            }
        }
    )+};
}

// Not of bytes: those are text in disguise.
integers!(i16, i32, i64, isize, u16, u32, u64, usize);

macro_rules! floats {
    ($($float:ty),+) => {$(
        impl sealed::Sealed for $float {}

        impl Element for $float {
            fn array(elements: &[Self]) -> Value {
                Value(Inner::F64s(elements.iter().map(|element| f64::from(*element)).collect()))
            }
        }
    )+};
}

floats!(f32, f64);

impl<T: Text> Text for [T] {
    fn to_text(&self) -> Value {
        if self.len() > MAX_ELEMENTS {
            return Value::REFUSED;
        }
        let (mut texts, mut left) = (Vec::with_capacity(self.len()), MAX_TEXT_BYTES);
        let mut is_cut = false;
        for element in self {
            let text = match element.to_text().0 {
                Inner::Absent => continue,
                Inner::Text(text) => text,
                Inner::CutText(text) => {
                    is_cut = true;
                    text
                }
                _ => return Value::REFUSED,
            };
            let part = head(&text, left);
            is_cut |= part.len() < text.len();
            left -= part.len();
            texts.push(part.into());
            if is_cut {
                break;
            }
        }
        Value::of_texts(texts.into(), is_cut)
    }
}

impl<T: Text, const N: usize> Text for [T; N] {
    fn to_text(&self) -> Value {
        self.as_slice().to_text()
    }
}

impl<T: Text> Text for Vec<T> {
    fn to_text(&self) -> Value {
        self.as_slice().to_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_keep_their_kind() {
        assert_eq!([1_u16, 2].to_value(), Value(Inner::I64s([1, 2].into())));
        assert_eq!(vec![0.5_f32].to_value(), Value(Inner::F64s([0.5].into())));
        assert_eq!(
            [true].as_slice().to_value(),
            Value(Inner::Bools([true].into()))
        );
        let texts = Value(Inner::Texts(["a".into(), "b".into()].into()));
        assert_eq!(["a", "b"].to_text(), texts);
        assert_eq!(
            vec![Some("a".to_owned()), None, Some("b".to_owned())].to_text(),
            texts
        );
    }

    #[test]
    fn an_array_that_has_no_place_is_refused_whole() {
        assert_eq!([1, u64::MAX].to_value(), Value::OUT_OF_RANGE);
        assert_eq!(vec![0_u16; MAX_ELEMENTS + 1].to_value(), Value::REFUSED);
        assert_eq!(vec!["x"; MAX_ELEMENTS + 1].to_text(), Value::REFUSED);
    }

    #[test]
    fn the_texts_of_an_array_share_the_bound_and_the_array_ends_there() {
        let cut = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).into()).collect();
            Value(Inner::CutTexts(texts))
        };
        let most = "x".repeat(MAX_TEXT_BYTES - 4);
        let texts = [most.as_str(), "ab", "áéí", "behind"];
        assert_eq!(texts.to_text(), cut(&[&most, "ab", "á"]));
        let longer = format!("{most}123456");
        let exact = &longer[..MAX_TEXT_BYTES];
        assert_eq!(["", longer.as_str(), "behind"].to_text(), cut(&["", exact]));
        let whole = Value(Inner::Texts([most.into(), "abcd".into()].into()));
        assert_eq!(
            ["x".repeat(MAX_TEXT_BYTES - 4).as_str(), "abcd"].to_text(),
            whole
        );
    }
}
