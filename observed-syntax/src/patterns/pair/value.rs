//! What can be a credential's value.

use super::said::is_said;

/// Ways to sign and to hash.
const ALGORITHMS: &[&str] = &[
    "aes", "argon2", "ecdsa", "ed25519", "es256", "hmac", "hs256", "hs512", "md5", "rs256", "rsa",
    "sha", "x25519",
];

const LONGEST: usize = 128;

/// The value at the beginning of `text`, without quotes; and whether it had some.
pub(super) fn of(text: &[u8]) -> (&[u8], bool) {
    let text = text.trim_ascii_start();
    let (text, quote) = match text {
        [quote @ (b'"' | b'\'' | b'`'), rest @ ..] => (rest, Some(*quote)),
        text => (text, None),
    };
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote,
        None => byte.is_ascii_whitespace() || b"&;,\"'<>)}]".contains(byte),
    };
    let end = text.iter().take(LONGEST).position(ends);
    (
        &text[..end.unwrap_or(text.len().min(LONGEST))],
        quote.is_some(),
    )
}

/// Neither a placeholder, nor a path, nor a word about the credential.
pub(super) fn is_secret(value: &[u8]) -> bool {
    value.len() >= 2 && !is_placeholder(value) && !is_said(value)
}

/// Words of which one says nothing about a credential: `correct horse`.
pub(super) fn is_phrase(text: &[u8]) -> bool {
    let line = text
        .split(|byte| b"\r\n&;,".contains(byte))
        .next()
        .unwrap_or_default();
    let line = &line[..line.len().min(LONGEST)];
    let words = line
        .split(|byte| *byte == b' ')
        .filter(|word| !word.is_empty());
    let mut words = words.take_while(|word| !word.contains(&b'='));
    words.any(is_secret)
}

/// The first words of a sentence: `must have at least 8 characters`.
pub(super) fn is_sentence(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte > 127;
    let word = text.iter().take(LONGEST).take_while(letter).count();
    word > 0
        && text.get(word) == Some(&b' ')
        && text.get(word + 1).is_some_and(|next| letter(&next))
}

/// What a machine made by chance: digits among letters, or capitals among small letters, and no slug.
pub(in super::super) fn is_made(value: &[u8]) -> bool {
    const SHORTEST: usize = 8;
    const SEGMENT: usize = 10;
    /// No word is so long.
    const LONG: usize = 24;
    let segments = value.split(|byte| b"-_./".contains(byte));
    let longest = segments.map(<[u8]>::len).max();
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_long = longest.is_some_and(|longest| longest >= LONG);
    let is_slug = longest.is_none_or(|longest| longest < value.len() && longest < SEGMENT);
    let has_digits = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let has_capitals = value.len() >= 2 * SHORTEST && capital_inside(value);
    value.len() >= SHORTEST
        && !is_slug
        && (has_digits || has_capitals || is_long)
        && !is_placeholder(value)
        && !ALGORITHMS
            .iter()
            .any(|name| value.len() <= 16 && begins(value, name))
}

/// Of a query's parameter that is a credential, or of one in quotes: three symbols and no word about it.
pub(super) fn is_given(value: &[u8]) -> bool {
    value.len() >= 3 && is_secret(value)
}

/// Three to eight digits and nothing else.
pub(super) fn is_code(value: &[u8]) -> bool {
    (3..=8).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
}

/// A word with a digit: what people take for a password in a sentence.
pub(super) fn is_mixed(word: &[u8]) -> bool {
    word.len() >= 5
        && word.iter().any(u8::is_ascii_digit)
        && word.iter().any(u8::is_ascii_alphabetic)
        && !word.iter().any(|byte| b"=:/".contains(byte))
        && !ALGORITHMS.iter().any(|name| begins(word, name))
}

pub(in super::super) fn capital_inside(text: &[u8]) -> bool {
    text.windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

fn begins(value: &[u8], name: &str) -> bool {
    value
        .get(..name.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
}

/// `$1`, `${SECRET}`, `<secret>`, `***`, `[redacted]`, `/run/secrets/x`.
fn is_placeholder(value: &[u8]) -> bool {
    match value {
        [b'$', rest @ ..] => {
            rest.first().is_none_or(|first| b"{(".contains(first))
                || rest
                    .iter()
                    .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'_')
        }
        [first, ..] if b"&;,}?*<{/=[(|.".contains(first) => true,
        [b':', ..] | [_, b':', b'\\', ..] => true,
        value => value.iter().all(|byte| b"xX".contains(byte)),
    }
}
