//! Plates of vehicles in Brazil (CONTRAN, Resolução 969/2022): `ABC1D23` since 2018, `ABC-1234` before. Many codes look like
//! the old ones, so they need a telling word; the new ones need one too, or to be the whole text.

use super::scan::{ends_word, shaped, tells};

const WORDS: &[&str] = &[
    "car", "carro", "license", "placa", "plate", "veiculo", "vehicle",
];
const OLD: &[&[u8]] = &[b"LLL-0000", b"LLL0000", b"LLL 0000"];
const NEW: &[&[u8]] = &[b"LLL0L00", b"LLL-0L00", b"LLL 0L00"];

pub(super) fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    let has = |shapes: &[&[u8]]| shapes.iter().any(|shape| has_shape(bytes, start, shape));
    let is_told = || tells(bytes, start, key, WORDS);
    (has(NEW) && (is_whole(bytes) || is_told())) || (has(OLD) && is_told())
}

fn has_shape(bytes: &[u8], start: usize, shape: &[u8]) -> bool {
    shaped(bytes, start, shape).is_some() && ends_word(bytes, start + shape.len())
}

/// Nothing else, and in capitals as on a plate.
fn is_whole(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    text.len() <= 8 && !text.iter().any(u8::is_ascii_lowercase)
}
