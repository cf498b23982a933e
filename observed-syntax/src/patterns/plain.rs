//! A text without what hides a pattern: percent-encoding, `+` for a space, escaped quotes, spaces and hyphens that only
//! look like them.

/// The text as it is meant, where that differs.
pub(super) fn decoded(text: &str) -> Option<String> {
    let may_differ =
        |byte: &u8| matches!(byte, b'%' | b'+' | b'\\') || *byte == 0xc2 || *byte == 0xe2;
    if !text.as_bytes().iter().any(may_differ) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(byte) = bytes.get(position) {
        let (symbol, length) = match byte {
            b'%' => code(&bytes[position + 1..]).map_or((b'%', 1), |symbol| (symbol, 3)),
            b'+' => (b' ', 1),
            b'\\' => {
                position += 1;
                continue;
            }
            // No-break space; hyphens, dashes and the minus sign.
            0xc2 if bytes[position..].starts_with(b"\xc2\xa0") => (b' ', 2),
            0xe2 if is_hyphen(&bytes[position..]) => (b'-', 3),
            other => (*other, 1),
        };
        decoded.push(symbol);
        position += length;
    }
    Some(String::from_utf8_lossy(&decoded).into_owned()).filter(|decoded| decoded != text)
}

fn code(bytes: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(bytes.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// U+2010 to U+2015, and U+2212.
fn is_hyphen(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..]
    )
}
