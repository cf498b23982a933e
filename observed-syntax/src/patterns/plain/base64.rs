//! Text in base64, in either alphabet (RFC 4648, sections 4 and 5), with or without padding.

/// Twelve bytes: the shortest text that a pattern is in.
pub(in super::super) const SHORTEST: usize = 16;
/// What decodes to fewer printable bytes is no text.
const LEAST: usize = 8;

/// Calls `judge` with every text that stands in base64 in `bytes`, until it says yes. Each symbol is decoded twice at
/// most, however the text is made.
pub(in super::super) fn any(bytes: &[u8], mut judge: impl FnMut(&str) -> bool) -> bool {
    let (mut budget, mut found) = (2 * bytes.len(), false);
    let mut position = 0;
    while position < bytes.len() {
        let run = bytes[position..]
            .iter()
            .take_while(|byte| value(**byte).is_some());
        let end = position + run.count();
        let mut start = position;
        while end - start >= SHORTEST {
            let symbols = &bytes[start..end];
            let used = no_text(symbols, budget).unwrap_or_else(|| {
                let (text, used) = decode(symbols, budget);
                found = text.len() >= LEAST && std::str::from_utf8(&text).is_ok_and(&mut judge);
                used
            });
            budget -= used;
            if found {
                return true;
            }
            // A path: the text may begin after a slash.
            let next = bytes[start..end].iter().position(|byte| *byte == b'/');
            start = next.map_or(end, |slash| start + slash + 1);
        }
        position = end + 1;
    }
    false
}

/// How many symbols were read of what is no text within its first bytes; most is none, and needs no memory.
fn no_text(symbols: &[u8], budget: usize) -> Option<usize> {
    let mut used = 0;
    // Six bytes, which are fewer than a text has.
    for group in symbols.chunks_exact(4).take(2) {
        if used + group.len() > budget {
            return Some(used);
        }
        used += group.len();
        let is_text = |byte: &u8| is_of_text(*byte, used > 4);
        if !three(group).1.iter().all(is_text) {
            return Some(used);
        }
    }
    None
}

/// Texts begin in ASCII: so most of what is no text ends here.
fn is_of_text(byte: u8, is_behind: bool) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r') || (is_behind && byte > 127)
}

/// The bytes of up to four symbols, and how many of the three they are.
fn three(group: &[u8]) -> (usize, [u8; 3]) {
    let bits = group.iter().fold(0, |bits, symbol| {
        bits << 6 | u32::from(value(*symbol).unwrap_or(0))
    });
    let [_, bytes @ ..] = (bits << (6 * (4 - group.len()))).to_be_bytes();
    (group.len().saturating_sub(1), bytes)
}

/// The text that `symbols` are, up to the first byte that is none.
pub(in super::super) fn decoded(symbols: &[u8]) -> Vec<u8> {
    decode(symbols, symbols.len()).0
}

/// The bytes up to the first that text does not have, and how many symbols were read.
fn decode(symbols: &[u8], budget: usize) -> (Vec<u8>, usize) {
    let (mut text, mut used) = (Vec::new(), 0);
    for group in symbols.chunks(4) {
        if used + group.len() > budget {
            break;
        }
        used += group.len();
        let (whole, bytes) = three(group);
        let before = text.len();
        text.extend_from_slice(&bytes[..whole]);
        let is_text = |byte: &u8| is_of_text(*byte, before > 0);
        if let Some(end) = text[before..].iter().position(|byte| !is_text(byte)) {
            text.truncate(before + end);
            break;
        }
    }
    if let Err(error) = std::str::from_utf8(&text) {
        text.truncate(error.valid_up_to());
    }
    (text, used)
}

fn value(symbol: u8) -> Option<u8> {
    match symbol {
        b'A'..=b'Z' => Some(symbol - b'A'),
        b'a'..=b'z' => Some(symbol - b'a' + 26),
        b'0'..=b'9' => Some(symbol - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_to_be_no_text_at_once_is_none_and_took_as_many_symbols(
            begin in "(e[A-Za-z0-9+/_-]){0,8}",
            symbols in "[A-Za-z0-9+/_-]{16,30}",
            budget in prop_oneof![0_usize..12, Just(1_000)],
        ) {
            let symbols = [begin.as_bytes(), symbols.as_bytes()].concat();
            if let Some(used) = no_text(&symbols, budget) {
                let (text, symbols) = decode(&symbols, budget);
                prop_assert!(text.len() < LEAST);
                prop_assert_eq!(used, symbols);
            }
        }
    }
}
