//! Tokens that are known by how they begin, and the first lines of private keys.

use super::pair::{capital_inside, is_made};
use super::plain::base64;
use super::scan::{before, reads, run};

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-".contains(&byte)
}

/// RFC 7515, section 7.1 (a header that begins with `{"`), PASETO, and the schemes of RFC 9110, section 11.
pub(super) fn is_token_at(bytes: &[u8], start: usize) -> bool {
    match bytes[start] {
        b'e' => is_jwt_at(bytes, start),
        b'v' => is_paseto_at(bytes, start),
        b'a' | b'b' | b'd' | b'h' | b'n' | b't' | b'A' | b'B' | b'D' | b'H' | b'N' | b'T' => {
            follows_scheme(bytes, start)
        }
        _ => false,
    }
}

/// The payload may be empty (detached, RFC 7515, appendix F), or an encrypted key (RFC 7516).
fn is_jwt_at(bytes: &[u8], position: usize) -> bool {
    if !bytes[position..].starts_with(b"eyJ") || before(bytes, position).is_some_and(is_key) {
        return false;
    }
    let header = run(bytes, position, is_key);
    let payload = position + header + 1;
    let is_followed = |payload| run(bytes, payload, |byte| is_key(byte) || byte == b'.') >= 4;
    header >= 10 && bytes.get(payload - 1) == Some(&b'.') && is_followed(payload)
}

/// The header of a JSON web token in base64, without the rest.
pub(super) fn is_jwt_header(decoded: &str) -> bool {
    decoded.starts_with("{\"") && decoded.contains("\"alg\"")
}

/// `v4.local.`, `v4.public.` and 32 symbols.
fn is_paseto_at(bytes: &[u8], position: usize) -> bool {
    let kind = |kind: &str| reads(bytes, position + 2, kind);
    let length = match () {
        () if kind(".local.") => 9,
        () if kind(".public.") => 10,
        () => return false,
    };
    let limit = bytes.len().min(position + 64);
    run(&bytes[..limit], position + length, is_key) >= 32
}

/// A scheme, and how long what follows is at least.
const SCHEMES: &[(&str, usize)] = &[
    ("apikey", 12),
    ("basic", 8),
    ("bearer", 8),
    ("digest", 8),
    ("dpop", 16),
    ("hawk", 8),
    ("negotiate", 16),
    ("ntlm", 16),
    ("token", 20),
];

/// A scheme, then what could be a credential and not a word.
fn follows_scheme(bytes: &[u8], position: usize) -> bool {
    let Some((scheme, least)) = SCHEMES
        .iter()
        .find(|(scheme, _)| reads(bytes, position, scheme))
    else {
        return false;
    };
    let after = position + scheme.len();
    let limit = bytes.len().min(after + 512);
    let gap = run(&bytes[..limit], after, |byte| b" :\t\"'".contains(&byte));
    if gap == 0 {
        return false;
    }
    let rest = &bytes[after + gap..limit];
    if matches!(*scheme, "digest" | "hawk") {
        let begins = |name: &str| reads(rest, 0, name);
        return begins("username=") || begins("id=\"") || begins("realm=");
    }
    let length = run(rest, 0, |byte| {
        byte.is_ascii_alphanumeric() || b"._~+/-".contains(&byte)
    });
    let padding = run(rest, length, |byte| byte == b'=');
    // `latency=39ms` is a setting.
    let is_setting = padding > 0
        && rest
            .get(length + padding)
            .is_some_and(u8::is_ascii_alphanumeric);
    let token = &rest[..length];
    let is_credential = match *scheme {
        "basic" => is_basic(token, padding),
        "token" => is_made(token),
        _ => padding > 0 || is_random(token),
    };
    length + padding >= *least && !is_setting && is_credential
}

/// A user and a password in base64 (RFC 7617).
fn is_basic(token: &[u8], padding: usize) -> bool {
    const LONG: usize = 12;
    let is_padded =
        padding > 0 && token.len() + padding >= LONG && (token.len() + padding) % 4 == 0;
    is_padded || base64::decoded(token).contains(&b':')
}

/// With a digit in it, or with capitals among small letters.
fn is_random(text: &[u8]) -> bool {
    capital_inside(text) || text.iter().any(u8::is_ascii_digit)
}

/// RFC 7468: `-----BEGIN PRIVATE KEY-----`, with any words before `PRIVATE`; `PuTTY`'s own.
pub(super) fn is_private_key_at(bytes: &[u8], start: usize) -> bool {
    const WORDS: usize = 48;
    let begins = || {
        let before = &bytes[start.saturating_sub(WORDS)..start];
        before
            .windows(5)
            .any(|window| window.eq_ignore_ascii_case(b"begin"))
    };
    (reads(bytes, start, "private key") && begins()) || reads(bytes, start, "putty-user-key-file-")
}
