//! Credentials in URLs: before the host, in the query, and as the last part of a path that opens something.

use super::super::scan::{reads, run, run_before};
use super::value;

/// What a link of one use stands after.
const OPENING: &[&str] = &[
    "activate",
    "activation",
    "confirm",
    "invitation",
    "invite",
    "login",
    "magic",
    "magic-link",
    "password",
    "recover",
    "recovery",
    "reset",
    "reset-password",
    "resetpassword",
    "signin",
    "unsubscribe",
    "verify",
];

const LONGEST: usize = 256;

/// `user:password@` before the first slash, or a long key in its place.
pub(super) fn has_user_info(bytes: &[u8], begin: usize) -> bool {
    let limit = bytes.len().min(begin + LONGEST);
    let length = run(&bytes[..limit], begin, |byte| {
        !byte.is_ascii_whitespace() && !b"/?#@\"'".contains(&byte)
    });
    let info = &bytes[begin..begin + length];
    if bytes.get(begin + length) != Some(&b'@') {
        return false;
    }
    match info.iter().position(|byte| *byte == b':') {
        Some(colon) => {
            let password = &info[colon + 1..];
            !password.is_empty() && !b"$<{*".contains(&password[0])
        }
        None => info.len() >= 16 && value::is_made(info),
    }
}

/// True when a word that begins at `start`, after one of the signs of a URL, opens something.
pub(in super::super) fn is_at(bytes: &[u8], start: usize) -> bool {
    match bytes[..start].last() {
        Some(b'?' | b'&') => is_code(bytes, start - 1),
        Some(b'/') => is_opening(bytes, start - 1),
        _ => false,
    }
}

/// The code of OAuth (RFC 6749, section 4.1.2), which other codes are too: it is long, or comes with its state.
fn is_code(bytes: &[u8], at: usize) -> bool {
    const LONG: usize = 16;
    if !reads(bytes, at + 1, "code=") {
        return false;
    }
    let (value, _) = value::of(&bytes[at + 6..]);
    let query = &bytes[at..bytes.len().min(at + 2 * LONGEST)];
    let has_state = query.windows(7).any(|window| window == b"&state=");
    (value.len() >= LONG || has_state) && value::is_made(value)
}

/// `/reset/8f14e45fceea167a5a36`
fn is_opening(bytes: &[u8], at: usize) -> bool {
    const SHORTEST: usize = 16;
    let word = run_before(bytes, at, 32, |byte| {
        byte.is_ascii_alphabetic() || byte == b'-'
    });
    let word = &bytes[at - word..at];
    let limit = bytes.len().min(at + LONGEST);
    let length = run(&bytes[..limit], at + 1, |byte| {
        byte.is_ascii_alphanumeric() || b"_-.=".contains(&byte)
    });
    length >= SHORTEST
        && OPENING
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
        && value::is_made(&bytes[at + 1..at + 1 + length])
}

/// `user:password@tcp(host:3306)/name`, as Go's drivers of `MySQL` take it.
pub(in super::super) fn is_go_source(bytes: &[u8], at: usize) -> bool {
    if !reads(bytes, at, "@tcp(") && !reads(bytes, at, "@unix(") {
        return false;
    }
    let info = run_before(bytes, at, 64, |byte| byte.is_ascii_graphic());
    bytes[at - info..at].contains(&b':')
}
