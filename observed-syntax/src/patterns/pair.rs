//! `password=...` in query strings, settings and log lines, and `user:password@` in URLs (RFC 3986, section 3.2.1).

use super::scan::run;
use crate::words;

/// Whose value is a credential, after `=` or in quotes.
const NAMES: &[&str] = &[
    "apikey",
    "authorization",
    "credential",
    "credentials",
    "cvc",
    "cvv",
    "jwt",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pin",
    "pwd",
    "secret",
    "secrets",
    "senha",
    "senhas",
    "sessionid",
    "signature",
    "token",
];

/// Whose value is a credential after a bare `:` too; the other names stand before a colon in ordinary sentences.
const STRONG_NAMES: &[&str] = &[
    "apikey",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pwd",
    "secret",
    "senha",
    "senhas",
];

/// Two words that are one name.
const PHRASES: &[(&str, &str)] = &[
    ("access", "key"),
    ("api", "key"),
    ("chave", "api"),
    ("encryption", "key"),
    ("private", "key"),
    ("secret", "key"),
    ("session", "id"),
    ("signing", "key"),
];

pub(super) fn is_in(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|position| match bytes[position] {
        b'=' => is_pair(bytes, position, NAMES),
        b':' if bytes[position..].starts_with(b"://") => is_user_info(&bytes[position + 3..]),
        // `secret::Type` is a path.
        b':' if bytes[position..].starts_with(b"::") || bytes[..position].ends_with(b":") => false,
        b':' => is_pair(bytes, position, STRONG_NAMES),
        _ => false,
    })
}

/// A name before the sign, perhaps in quotes or brackets, and a value after it.
fn is_pair(bytes: &[u8], position: usize, names: &[&str]) -> bool {
    let before = bytes[..position].trim_ascii_end();
    let is_quote = |byte: &u8| b"\"']".contains(byte);
    let quotes = before
        .iter()
        .rev()
        .take_while(|byte| is_quote(byte))
        .count();
    let names = if quotes > 0 { NAMES } else { names };
    let before = &before[..before.len() - quotes];
    // `password1`; but every name has a letter before its number, and `10:15` is a time.
    let digits = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
        .min(2);
    let before = &before[..before.len() - digits];
    if !before.last().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let length = before.iter().rev().take(64).take_while(is_name).count();
    let name = String::from_utf8_lossy(&before[before.len() - length..]);
    is_value(bytes[position + 1..].trim_ascii_start()) && names_credential(&name, names)
}

/// Something, and neither a placeholder nor a path.
fn is_value(value: &[u8]) -> bool {
    let is_placeholder = |first: &u8| b"&;,}$?*<{/=".contains(first);
    value.first().is_some_and(|first| !is_placeholder(first))
}

fn names_credential(name: &str, names: &[&str]) -> bool {
    let words = words::of(name);
    let last = words.last().map_or("", String::as_str);
    let phrase = words
        .len()
        .checked_sub(2)
        .map(|before| (words[before].as_str(), last));
    names.contains(&last) || phrase.is_some_and(|phrase| PHRASES.contains(&phrase))
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
