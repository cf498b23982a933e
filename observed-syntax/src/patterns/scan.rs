//! The small steps that patterns share.

use crate::words;

/// The byte before `position`.
pub(super) fn before(bytes: &[u8], position: usize) -> Option<u8> {
    position.checked_sub(1).map(|before| bytes[before])
}

/// True where a word can begin.
pub(super) fn begins_word(bytes: &[u8], position: usize) -> bool {
    !before(bytes, position).is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// True where a word can end.
pub(super) fn ends_word(bytes: &[u8], position: usize) -> bool {
    !bytes.get(position).is_some_and(u8::is_ascii_alphanumeric)
}

/// How many bytes from `position` on satisfy `is`.
pub(super) fn run(bytes: &[u8], position: usize, is: impl Fn(u8) -> bool) -> usize {
    bytes
        .get(position..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| is(**byte))
        .count()
}

/// How many bytes before `position` satisfy `is`, up to `most`.
pub(super) fn run_before(
    bytes: &[u8],
    position: usize,
    most: usize,
    is: impl Fn(u8) -> bool,
) -> usize {
    let before = bytes[..position].iter().rev().take(most);
    before.take_while(|byte| is(**byte)).count()
}

/// True when `bytes` has `text` at `position`, in capitals or not.
pub(super) fn reads(bytes: &[u8], position: usize, text: &str) -> bool {
    bytes
        .get(position..position + text.len())
        .is_some_and(|at| at.eq_ignore_ascii_case(text.as_bytes()))
}

/// The longest template.
const SYMBOLS: usize = 32;

/// The symbols of a text that has the shape of a template.
pub(super) struct Symbols {
    symbols: [u8; SYMBOLS],
    length: usize,
}

impl Symbols {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.symbols[..self.length]
    }
}

/// The symbols where the text has the shape of `template` at `position`: `0` stands for a digit, `L` for a letter,
/// `A` for one of both, anything else for itself.
pub(super) fn shaped(bytes: &[u8], position: usize, template: &[u8]) -> Option<Symbols> {
    let text = bytes.get(position..position + template.len())?;
    let (mut symbols, mut length) = ([0; SYMBOLS], 0);
    // From the end, where the templates have digits and most texts have none.
    for (byte, expected) in text.iter().zip(template).rev() {
        let symbol = match expected {
            b'0' if byte.is_ascii_digit() => *byte,
            b'A' if byte.is_ascii_alphanumeric() => byte.to_ascii_uppercase(),
            b'L' if byte.is_ascii_alphabetic() => byte.to_ascii_uppercase(),
            b'0' | b'A' | b'L' => return None,
            other if byte == other => continue,
            _ => return None,
        };
        *symbols.get_mut(length)? = symbol;
        length += 1;
    }
    symbols[..length].reverse();
    Some(Symbols { symbols, length })
}

/// How far before a number a word still belongs to it.
const CONTEXT: usize = 24;

/// True when the key, or the text just before `position`, has one of the telling words.
pub(super) fn tells(bytes: &[u8], position: usize, key: &str, telling: &[&str]) -> bool {
    has_word(key, telling) || is_told(bytes, position, telling)
}

/// True when the text just before `position` has one of the telling words.
pub(super) fn is_told(bytes: &[u8], position: usize, telling: &[&str]) -> bool {
    let before = &bytes[position.saturating_sub(CONTEXT)..position];
    before.iter().any(u8::is_ascii_alphabetic)
        && has_word(&String::from_utf8_lossy(before), telling)
}

/// True when `name` has one of the telling words, in the singular or the plural.
pub(super) fn has_word(name: &str, telling: &[&str]) -> bool {
    let mut found = false;
    words::each(name, |word| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        found |= telling.contains(&word) || telling.contains(&singular);
    });
    found
}
