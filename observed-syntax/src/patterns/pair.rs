//! `password=...` in query strings, settings and log lines, and `user:password@` in URLs (RFC 3986, section 3.2.1).

use super::scan::run;
use crate::words;

/// Whose value is a credential after `=`.
const NAMES: &[&str] = &[
    "apikey",
    "auth",
    "authorization",
    "credential",
    "cvc",
    "cvv",
    "jwt",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "senha",
    "sessionid",
    "signature",
    "token",
];

/// Whose value is a credential after `:` too; the other names stand before a colon in ordinary sentences.
const STRONG_NAMES: &[&str] = &[
    "apikey",
    "passphrase",
    "passwd",
    "password",
    "pwd",
    "secret",
    "senha",
];

/// Two words that are one name.
const PHRASES: &[(&str, &str)] = &[
    ("access", "key"),
    ("api", "key"),
    ("chave", "api"),
    ("private", "key"),
    ("session", "id"),
];

pub(super) fn is_in(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|position| match bytes[position] {
        b'=' => is_pair(bytes, position, 1, NAMES),
        b'%' if is_encoded_equals(&bytes[position..]) => is_pair(bytes, position, 3, NAMES),
        b':' if bytes[position..].starts_with(b"://") => is_user_info(&bytes[position + 3..]),
        b':' => is_pair(bytes, position, 1, STRONG_NAMES),
        _ => false,
    })
}

fn is_encoded_equals(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%3D") || bytes.starts_with(b"%3d")
}

/// A name before the sign, perhaps in quotes, and something after it.
fn is_pair(bytes: &[u8], position: usize, sign: usize, names: &[&str]) -> bool {
    let before = bytes[..position].trim_ascii_end();
    let before = before
        .strip_suffix(b"\"")
        .or_else(|| before.strip_suffix(b"'"))
        .unwrap_or(before);
    let length = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
        .count();
    // Every name ends in a letter; `10:15` is a time.
    if !before.last().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let (outside, name) = before.split_at(before.len() - length);
    // `%3Ftoken`: the first two are the code of a question mark.
    let code = if outside.ends_with(b"%") { 2 } else { 0 };
    let name = String::from_utf8_lossy(name.get(code..).unwrap_or_default());
    let value = bytes[position + sign..].trim_ascii_start();
    let has_value = value.first().is_some_and(|first| !b"&;,}".contains(first));
    has_value && names_credential(&name, names)
}

fn names_credential(name: &str, names: &[&str]) -> bool {
    let words = words::of(name);
    let last = words.last().map_or("", String::as_str);
    let singular = last.strip_suffix('s').unwrap_or(last);
    let phrase = words
        .len()
        .checked_sub(2)
        .map(|before| (words[before].as_str(), singular));
    names.contains(&last)
        || names.contains(&singular)
        || phrase.is_some_and(|phrase| PHRASES.contains(&phrase))
}

/// `user:password@` before the first slash.
fn is_user_info(bytes: &[u8]) -> bool {
    let length = run(bytes, 0, |byte| {
        !byte.is_ascii_whitespace() && !b"/?#@".contains(&byte)
    });
    let info = &bytes[..length];
    let password = info
        .iter()
        .position(|byte| *byte == b':')
        .map(|colon| &info[colon + 1..]);
    bytes.get(length) == Some(&b'@') && password.is_some_and(|password| !password.is_empty())
}
