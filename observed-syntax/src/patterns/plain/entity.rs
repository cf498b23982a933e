//! HTML entities: numbers, and the names of the signs that patterns are made of (HTML, section 13.5).

const NAMES: &[(&[u8], char)] = &[
    (b"amp", '&'),
    (b"apos", '\''),
    (b"colon", ':'),
    (b"comma", ','),
    (b"commat", '@'),
    (b"dash", '-'),
    (b"equals", '='),
    (b"gt", '>'),
    (b"hyphen", '-'),
    (b"lowbar", '_'),
    (b"lpar", '('),
    (b"lt", '<'),
    (b"minus", '-'),
    (b"nbsp", ' '),
    (b"ndash", '-'),
    (b"num", '#'),
    (b"percnt", '%'),
    (b"period", '.'),
    (b"plus", '+'),
    (b"quot", '"'),
    (b"rpar", ')'),
    (b"shy", '\u{ad}'),
    (b"sol", '/'),
    (b"Tab", ' '),
    (b"thinsp", ' '),
    (b"zwj", '\u{200d}'),
    (b"zwnj", '\u{200c}'),
    (b"ZeroWidthSpace", '\u{200b}'),
];

const LONGEST: usize = 16;

/// The character that an entity at the beginning of `bytes` stands for, and how long the entity is.
pub(super) fn at(bytes: &[u8]) -> (Option<char>, usize) {
    let within = &bytes[1..bytes.len().min(1 + LONGEST)];
    let Some(end) = within.iter().position(|byte| *byte == b';') else {
        return (None, 1);
    };
    let name = &within[..end];
    let character = match name {
        [b'#', b'x' | b'X', digits @ ..] => numbered(digits, 16),
        [b'#', digits @ ..] => numbered(digits, 10),
        name => NAMES
            .iter()
            .find_map(|(known, character)| (*known == name).then_some(*character)),
    };
    (character, end + 2)
}

fn numbered(digits: &[u8], radix: u32) -> Option<char> {
    let digits = std::str::from_utf8(digits).ok()?;
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}
