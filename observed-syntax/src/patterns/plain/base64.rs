//! Text in base64, in either alphabet (RFC 4648, sections 4 and 5), with or without padding.

/// Twelve bytes: the shortest text that a pattern is in.
pub(in super::super) const SHORTEST: usize = 16;
/// What decodes to fewer printable bytes is no text.
const LEAST: usize = 8;

/// Calls `judge` with every text that stands in base64 in `bytes`, until it says yes. Each symbol is decoded twice at
/// most, however the text is made.
pub(in super::super) fn any(bytes: &[u8], mut judge: impl FnMut(&str) -> bool) -> bool {
    let mut budget = 2 * bytes.len();
    let mut position = 0;
    while position < bytes.len() {
        let run = bytes[position..]
            .iter()
            .take_while(|byte| value(**byte).is_some());
        let end = position + run.count();
        let mut start = position;
        while end - start >= SHORTEST {
            let (text, used) = decode(&bytes[start..end], budget);
            budget -= used;
            if text.len() >= LEAST && std::str::from_utf8(&text).is_ok_and(&mut judge) {
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
        let bits = group.iter().fold(0, |bits, symbol| {
            bits << 6 | u32::from(value(*symbol).unwrap_or(0))
        });
        let bits = bits << (6 * (4 - group.len()));
        let whole = group.len().saturating_sub(1);
        let before = text.len();
        text.extend_from_slice(&bits.to_be_bytes()[1..=whole]);
        // Texts begin in ASCII: so most of what is no text ends here.
        let is_text = |byte: &u8| {
            matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r') || (before > 0 && *byte > 127)
        };
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
