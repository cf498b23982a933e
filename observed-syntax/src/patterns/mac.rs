//! Hardware addresses: six pairs of hexadecimal digits with one kind of sign between, or three groups of four with dots
//! (IEEE 802, EUI-48).

use super::ip::is_own;

const PAIRS: usize = 17;
const DOTTED: usize = 14;

pub(super) fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    let sign = |position: usize| bytes.get(start + position).copied();
    let (length, width, sign) = match (sign(2), sign(5), sign(4), sign(9)) {
        (Some(sign @ (b':' | b'-')), Some(same), ..) if sign == same => (PAIRS, 2, sign),
        (.., Some(b'.'), Some(b'.')) => (DOTTED, 4, b'.'),
        _ => return false,
    };
    let Some(text) = bytes.get(start..start + length) else {
        return false;
    };
    is_address(text, width, sign) && is_whole(bytes, start, start + length, sign) && !is_own(key)
}

/// Nobody has the first and the last of all addresses.
fn is_address(text: &[u8], width: usize, sign: u8) -> bool {
    let has_form = text.iter().enumerate().all(|(position, byte)| {
        if position % (width + 1) == width {
            *byte == sign
        } else {
            byte.is_ascii_hexdigit()
        }
    });
    let mut digits = text.iter().filter(|byte| **byte != sign);
    has_form && digits.any(|digit| *digit != text[0])
}

/// A fingerprint is longer, and a UUID has such parts.
fn is_whole(bytes: &[u8], start: usize, end: usize, sign: u8) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let joined_before =
        bytes[..start].last() == Some(&sign) && start >= 2 && is_part(bytes.get(start - 2));
    let joined_after = bytes.get(end) == Some(&sign) && is_part(bytes.get(end + 1));
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !joined_before && !joined_after && !is_word(bytes[..start].last()) && !is_word(bytes.get(end))
}
