//! One look at a text that says which patterns can be in it, and the small steps that they share.

use crate::words;

/// What a text contains; most texts contain nothing that a pattern needs.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing seen or not"
)]
pub(super) struct Seen {
    /// `@`, plain or as `%40`.
    pub(super) at_sign: bool,
    /// As many digits as a CPF has.
    pub(super) enough_digits: bool,
    /// `=`, plain or as `%3D`, or `:`.
    pub(super) separator: bool,
    /// `--`
    pub(super) dashes: bool,
    /// As many letters and digits as the shortest token has.
    pub(super) long_word: bool,
    /// The two check digits of a CNPJ beside.
    pub(super) two_digits: bool,
}

impl Seen {
    pub(super) fn in_text(bytes: &[u8]) -> Self {
        let (mut seen, mut digits, mut word) = (Self::default(), 0, 0);
        for (position, byte) in bytes.iter().enumerate() {
            match byte {
                b'0'..=b'9' => (digits, word) = (digits + 1, word + 1),
                b'a'..=b'z' | b'A'..=b'Z' => word += 1,
                b'@' => seen.at_sign = true,
                b'%' => {
                    let code = &bytes[position + 1..];
                    seen.at_sign |= code.starts_with(b"40");
                    seen.separator |= code.first() == Some(&b'3');
                }
                b'=' | b':' => seen.separator = true,
                b'-' => seen.dashes |= bytes.get(position + 1) == Some(&b'-'),
                _ => {}
            }
        }
        seen.enough_digits = digits >= 11;
        seen.long_word = word >= 14;
        seen.two_digits = digits >= 2;
        seen
    }
}

/// The byte before `position`.
pub(super) fn before(bytes: &[u8], position: usize) -> Option<u8> {
    position.checked_sub(1).map(|before| bytes[before])
}

/// True where a word can begin.
pub(super) fn begins_word(bytes: &[u8], position: usize) -> bool {
    !before(bytes, position).is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Where a word begins, or a number after letters.
pub(super) fn starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut before = b' ';
    bytes
        .iter()
        .enumerate()
        .filter_map(move |(position, byte)| {
            let begins = byte.is_ascii_alphanumeric()
                && (!before.is_ascii_alphanumeric()
                    || (byte.is_ascii_digit() && !before.is_ascii_digit()));
            before = *byte;
            begins.then_some(position)
        })
}

/// True where a word can end.
pub(super) fn ends_word(bytes: &[u8], position: usize) -> bool {
    !bytes.get(position).is_some_and(u8::is_ascii_alphanumeric)
}

/// How many bytes from `position` on satisfy `is`.
pub(super) fn run(bytes: &[u8], position: usize, is: impl Fn(u8) -> bool) -> usize {
    bytes[position..]
        .iter()
        .take_while(|byte| is(**byte))
        .count()
}

/// The longest template.
const SYMBOLS: usize = 20;

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

/// The symbols where the text has the shape of `template` at `position`: `0` stands for a digit, `A` for a letter or a
/// digit, anything else for itself.
pub(super) fn shaped(bytes: &[u8], position: usize, template: &[u8]) -> Option<Symbols> {
    let text = bytes.get(position..position + template.len())?;
    let (mut symbols, mut length) = ([0; SYMBOLS], 0);
    // From the end, where the templates have digits and most texts have none.
    for (byte, expected) in text.iter().zip(template).rev() {
        let symbol = match expected {
            b'0' if byte.is_ascii_digit() => *byte,
            b'A' if byte.is_ascii_alphanumeric() => byte.to_ascii_uppercase(),
            b'0' | b'A' => return None,
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
    let before = &bytes[position.saturating_sub(CONTEXT)..position];
    let before = String::from_utf8_lossy(before);
    [key, &before].into_iter().any(|name| {
        let mut found = false;
        words::each(name, |word| {
            let singular = word.strip_suffix('s').unwrap_or(word);
            found |= telling.contains(&word) || telling.contains(&singular);
        });
        found
    })
}
