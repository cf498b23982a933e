//! CNPJ with letters: fourteen letters or digits of which the last two are check digits (Receita Federal, Instrução
//! Normativa RFB 2.229/2024, from July 2026). Those of digits alone are numbers.

use super::number::{CNPJ_WORDS, is_cnpj};
use super::scan::{begins_word, ends_word, shaped, tells};

const SHAPES: &[&[u8]] = &[
    b"AA.AAA.AAA/AAAA-00",
    b"AA.AAA.AAA-AAAA-00",
    b"AA AAA AAA/AAAA-00",
    b"AA AAA AAA AAAA 00",
    b"AAAAAAAA/AAAA-00",
    b"AAAAAAAAAAAA-00",
];
const SYMBOLS: &[u8] = b"AAAAAAAAAAAA00";

pub(super) fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    let formatted = (begins_word(bytes, start) || bytes[start].is_ascii_digit())
        && SHAPES.iter().any(|shape| has_shape(bytes, start, shape));
    formatted || (has_shape(bytes, start, SYMBOLS) && tells(bytes, start, key, CNPJ_WORDS))
}

fn has_shape(bytes: &[u8], position: usize, shape: &[u8]) -> bool {
    // The cheap questions first: most texts end somewhere else.
    let end = position + shape.len();
    let may_end_here = bytes.get(end - 1).is_some_and(u8::is_ascii_digit) && ends_word(bytes, end);
    may_end_here
        && shaped(bytes, position, shape).is_some_and(|symbols| is_cnpj(symbols.as_slice()))
}
