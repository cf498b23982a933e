//! Values as cells: what a record is made of.
//!
//! For every eight values a cell of tags, one byte each; behind it the cells of those that have some: a number is one
//! cell, a text its length in bytes and then the bytes, eight to a cell, an array its length and then its elements.

mod encoder;
mod raw;
mod reader;
mod tags;

pub(crate) use encoder::{Encoder, put_text, put_values};
#[cfg_attr(not(feature = "otlp"), allow(unused_imports, reason = "for exporters"))]
pub(crate) use raw::RawTexts;
pub(crate) use raw::{Cursor, Raw, RawText};
pub(crate) use reader::{value, values};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::intern::{Names, Numbers};
    use crate::value::{Inner, Value};

    fn any_values() -> impl Strategy<Value = Vec<Value>> {
        let text = "\\PC{0,40}";
        let value = prop_oneof![
            Just(Inner::Absent),
            Just(Inner::Refused),
            Just(Inner::OutOfRange),
            any::<bool>().prop_map(Inner::Bool),
            any::<i64>().prop_map(Inner::I64),
            any::<f64>().prop_map(Inner::F64),
            prop_oneof![Just("static"), Just(""), Just("é")].prop_map(Inner::Static),
            text.prop_map(|text| Inner::Text(text.into())),
            text.prop_map(|text| Inner::CutText(text.into())),
            text.prop_map(|text| Inner::CutTexts([text.into()].into())),
            prop::collection::vec(any::<bool>(), 0..20).prop_map(|all| Inner::Bools(all.into())),
            prop::collection::vec(any::<i64>(), 0..20).prop_map(|all| Inner::I64s(all.into())),
            prop::collection::vec(any::<f64>(), 0..20).prop_map(|all| Inner::F64s(all.into())),
            prop::collection::vec(text, 0..5).prop_map(|all| Inner::Texts(
                all.into_iter().map(String::into_boxed_str).collect()
            )),
        ];
        prop::collection::vec(value.prop_map(Value), 0..30)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(values in any_values()) {
            let (mut numbers, mut names) = (Numbers::default(), Names::default());
            let mut cells = vec![7];
            let mut encoder = Encoder::new(&mut cells, &mut numbers);
            for value in &values {
                encoder.add(value);
            }
            let refused = encoder.refused;
            let mut at_once = vec![7];
            prop_assert_eq!(put_values(&values, &mut numbers, &mut at_once), refused);
            prop_assert_eq!(&at_once, &cells);
            let mut cursor = Cursor::new(&cells[1..]);
            let read = super::values(&mut cursor, values.len(), &mut names).unwrap();
            // By text, because a float may be no number.
            prop_assert_eq!(format!("{:?}", read), format!("{:?}", &values));
            prop_assert_eq!(cursor.cell(), None);
            let expected = values.iter().filter(|value| value.0 == Inner::Refused).count();
            prop_assert_eq!(refused, expected as u64);
        }

        #[test]
        fn any_words_are_read_without_harm(cells in prop::collection::vec(any::<u64>(), 0..40), count in 0_usize..40) {
            let small: Vec<u64> = cells.iter().map(|cell| cell % 64).collect();
            let _ = super::values(&mut Cursor::new(&small), count, &mut Names::default());
        }
    }
}
