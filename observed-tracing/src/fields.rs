//! The fields that the list lets through, as values of ours.

use std::error::Error;
use std::fmt;

use observed_runtime::__private as private;
use observed_runtime::Value;
use tracing_core::Field;
use tracing_core::field::Visit;

use crate::list::Kind;
use crate::list::table::Entry;

/// Visits fields and gives each listed one to `take`, with its place among the entry's keys.
///
/// No code of the program runs here: what arrives by `record_debug` is not asked for its text.
pub(crate) struct Fields<'a, F> {
    entry: &'a Entry,
    take: F,
}

impl<'a, F: FnMut(usize, Value)> Fields<'a, F> {
    pub(crate) fn of(entry: &'a Entry, take: F) -> Self {
        Self { entry, take }
    }

    /// A value of another kind than the list says is refused, which is counted.
    fn give(&mut self, field: &Field, kind: Option<Kind>, value: impl FnOnce() -> Value) {
        let Some(place) = self.entry.place(field.name()) else {
            return;
        };
        let is_listed = kind.is_some() && self.entry.kinds.get(place).copied() == kind;
        let value = if is_listed {
            value()
        } else {
            private::refused()
        };
        (self.take)(place, value);
    }

    fn number<T: observed_runtime::AttributeValue>(&mut self, field: &Field, number: &T) {
        self.give(field, Some(Kind::Number), || private::value(number));
    }
}

/// The values in the order of the entry's keys.
pub(crate) fn all(entry: &Entry, record: impl FnOnce(&mut dyn Visit)) -> Vec<Value> {
    let mut values = vec![private::absent(); entry.kinds.len()];
    let mut fields = Fields::of(entry, |place: usize, value| {
        if let Some(slot) = values.get_mut(place) {
            *slot = value;
        }
    });
    record(&mut fields);
    values
}

impl<F: FnMut(usize, Value)> Visit for Fields<'_, F> {
    fn record_i64(&mut self, field: &Field, number: i64) {
        self.number(field, &number);
    }

    fn record_u64(&mut self, field: &Field, number: u64) {
        self.number(field, &number);
    }

    /// Beyond 64 bits it is out of range, as in an annotation.
    fn record_i128(&mut self, field: &Field, number: i128) {
        match i64::try_from(number) {
            Ok(number) => self.number(field, &number),
            Err(_) => self.number(field, &u64::MAX),
        }
    }

    fn record_u128(&mut self, field: &Field, number: u128) {
        self.number(field, &u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn record_f64(&mut self, field: &Field, number: f64) {
        self.number(field, &number);
    }

    fn record_bool(&mut self, field: &Field, flag: bool) {
        self.give(field, Some(Kind::Flag), || private::value(&flag));
    }

    fn record_str(&mut self, field: &Field, text: &str) {
        self.give(field, Some(Kind::Public), || private::public(text));
    }

    fn record_bytes(&mut self, field: &Field, _: &[u8]) {
        self.give(field, None, private::refused);
    }

    fn record_error(&mut self, field: &Field, _: &(dyn Error + 'static)) {
        self.give(field, None, private::refused);
    }

    fn record_debug(&mut self, field: &Field, _: &dyn fmt::Debug) {
        self.give(field, None, private::refused);
    }
}
