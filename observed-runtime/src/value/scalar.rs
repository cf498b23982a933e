//! The types that are attribute values as they are: numbers, booleans, durations.

use std::num::NonZero;
use std::time::Duration;

use super::kind::{Derived, Elapsed, Flag, Kind, Number};
use super::{Inner, Value};

/// A type whose values may leave the process as attributes of a span.
///
/// Implemented for `bool`, integers up to 64 bits, floats, `NonZero*`, [`Duration`] (in seconds), references to
/// them, `Option` of them (`None` records nothing), and arrays, slices and vectors of booleans, integers and floats (up
/// to 1,024 elements). Derived for enums without fields and for newtypes by
/// [`#[derive(AttributeValue)]`](macro@crate::AttributeValue). Two values that no backend takes are left out and counted:
/// a `u64` or `usize` above `i64::MAX`, for which OTLP has no place, and a float that is not finite, for which JSON has
/// none. An array with such an element is left out whole: without the element it would be another array.
/// `status().left_out` names the keys. Text is not an attribute value: write `public(...)`, `public_static(...)` or
/// `public_display(...)`, so that a reviewer can search for it. Derived or from here, never written by hand: what it does
/// runs in the annotated function, and its method may change in any release.
///
/// ```
/// use observed_runtime::observed;
///
/// #[observed(name = "price_order", attrs(order.lines = lines.len(), order.rush = rush))]
/// fn price(lines: &[u32], rush: bool) -> u32 {
///     lines.iter().sum()
/// }
/// assert_eq!(price(&[1, 2], false), 3);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be recorded as an attribute [R8-not-a-value]",
    label = "not an attribute value",
    note = "numbers, booleans and durations are recorded as they are; text must be written public(...), \
            public_static(...) or public_display(...), so that a reviewer can search for it",
    note = "an enum without fields and a newtype can derive `AttributeValue`",
    note = "IP addresses, `Pii<T>` and other wrappers of secrets are refused on purpose; record something of them that is \
            no personal data"
)]
pub trait AttributeValue: Derived {
    /// What a name of the dictionary asks for.
    #[doc(hidden)]
    type Kind: Kind;

    /// The value as it is recorded.
    #[doc(hidden)]
    fn to_value(&self) -> Value;
}

impl<T: Derived + ?Sized> Derived for &T {}

impl<T: AttributeValue + ?Sized> AttributeValue for &T {
    type Kind = T::Kind;

    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: Derived + ?Sized> Derived for &mut T {}

impl<T: AttributeValue + ?Sized> AttributeValue for &mut T {
    type Kind = T::Kind;

    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: Derived> Derived for Option<T> {}

impl<T: AttributeValue> AttributeValue for Option<T> {
    type Kind = T::Kind;

    fn to_value(&self) -> Value {
        self.as_ref()
            .map_or(Value::ABSENT, AttributeValue::to_value)
    }
}

impl Derived for bool {}

impl AttributeValue for bool {
    type Kind = Flag;

    fn to_value(&self) -> Value {
        Value(Inner::Bool(*self))
    }
}

impl Derived for Duration {}

impl AttributeValue for Duration {
    type Kind = Elapsed;

    fn to_value(&self) -> Value {
        Value(Inner::F64(self.as_secs_f64()))
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {$(
        impl Derived for $integer {}

        impl AttributeValue for $integer {
            type Kind = Number;

            fn to_value(&self) -> Value {
                match i64::try_from(*self) {
                    Ok(integer) => Value(Inner::I64(integer)),
                    Err(_) => Value::OUT_OF_RANGE,
                }
            }
        }

        impl Derived for NonZero<$integer> {}

        impl AttributeValue for NonZero<$integer> {
            type Kind = Number;

            fn to_value(&self) -> Value {
                self.get().to_value()
            }
        }
    )+};
}

integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

macro_rules! floats {
    ($($float:ty),+) => {$(
        impl Derived for $float {}

        impl AttributeValue for $float {
            type Kind = Number;

            fn to_value(&self) -> Value {
                Value(Inner::F64(f64::from(*self)))
            }
        }
    )+};
}

floats!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_that_otlp_cannot_carry_is_out_of_range() {
        assert_eq!((i64::MAX as u64).to_value(), Value(Inner::I64(i64::MAX)));
        assert_eq!((i64::MAX as u64 + 1).to_value(), Value::OUT_OF_RANGE);
    }

    #[test]
    fn none_records_nothing() {
        assert_eq!(None::<u8>.to_value(), Value::ABSENT);
        assert_eq!(Some(&7_u8).to_value(), Value(Inner::I64(7)));
    }

    #[test]
    fn a_duration_is_seconds() {
        assert_eq!(
            Duration::from_millis(1500).to_value(),
            Value(Inner::F64(1.5))
        );
    }
}
