//! A text without what hides a pattern: percent-encoding, `+` for a space, HTML entities, escapes of JSON, characters that
//! are invisible or stand for an ASCII one.

pub(super) mod base64;
mod entity;
mod fold;

use std::borrow::Cow;

use fold::{Folded, fold};

/// The text as it is meant, where that differs: one layer of encoding is taken off. `+` is a space in the outermost layer
/// only.
pub(super) fn decoded(text: &str, plus_is_space: bool) -> Option<String> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '%' | '\\' | '&' | '=' => escaped(rest, &mut plain),
            '+' if plus_is_space => {
                plain.push(b' ');
                1
            }
            ascii if ascii.is_ascii() => {
                plain.push(ascii as u8);
                1
            }
            foreign => {
                match fold(foreign) {
                    Folded::Nothing => {}
                    Folded::To(ascii) => plain.push(ascii),
                    Folded::Same => {
                        plain.extend_from_slice(&rest.as_bytes()[..foreign.len_utf8()]);
                    }
                }
                foreign.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    let plain = match String::from_utf8_lossy(&plain) {
        Cow::Borrowed(_) => String::from_utf8(plain).unwrap_or_default(),
        Cow::Owned(repaired) => repaired,
    };
    (plain != text).then_some(plain)
}

/// Appends what stands for itself or for another character at the beginning of `text`; returns how long it is.
fn escaped(text: &str, plain: &mut Vec<u8>) -> usize {
    let bytes = text.as_bytes();
    let code = |from: usize, length: usize| hexadecimal(bytes.get(from..from + length)?);
    let percent = code(1, 2).filter(|_| bytes[0] == b'%');
    if let Some(byte) = percent {
        plain.push(byte as u8);
        return 3;
    }
    // Quoted-printable, of the sign that matters (RFC 2045, section 6.7); `latency=40ms` has no domain after it.
    if bytes.starts_with(b"=40") {
        plain.push(b'@');
        return 3;
    }
    let (character, length) = match bytes {
        [b'\\', b'u', b'{', ..] => (None, 1),
        [b'\\', b'u', ..] => (code(2, 4).and_then(char::from_u32), 6),
        [b'\\', b'x', ..] => (code(2, 2).and_then(char::from_u32), 4),
        [b'\\', b'n' | b'r' | b't', ..] => (Some(' '), 2),
        [b'&', ..] => entity::at(bytes),
        _ => (None, 1),
    };
    let Some(character) = character else {
        // A backslash alone only keeps a quote from ending a text.
        if bytes[0] != b'\\' {
            plain.push(bytes[0]);
        }
        return 1;
    };
    match fold(character) {
        Folded::Nothing => {}
        Folded::To(ascii) => plain.push(ascii),
        Folded::Same => plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
    length
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        Some(number * 16 + char::from(*digit).to_digit(16)?)
    })
}
