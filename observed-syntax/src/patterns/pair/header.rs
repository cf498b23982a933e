//! Headers whose value is a credential, whatever it looks like: `Authorization` (RFC 9110, section 11.6.2) and cookies
//! (RFC 6265).

use super::super::scan::{reads, run};
use super::value;

/// A scheme and a credential, or a credential alone; `authorization: required` is neither.
pub(in super::super) fn is_authorization(bytes: &[u8], start: usize) -> bool {
    const NAME: &str = "authorization";
    if !reads(bytes, start, NAME) {
        return false;
    }
    let after = start + NAME.len();
    let gap = run(&bytes[..bytes.len().min(after + 6)], after, |byte| {
        b"\"' :=".contains(&byte)
    });
    let signs = &bytes[after..after + gap];
    if !signs.contains(&b':') && !signs.contains(&b'=') {
        return false;
    }
    let value = &bytes[after + gap..bytes.len().min(start + LONGEST)];
    let mut words = value
        .split(|byte| b" \"'\r\n,".contains(byte))
        .filter(|word| !word.is_empty());
    let (first, second) = (words.next(), words.next());
    let is_known = first.is_some_and(|first| {
        SCHEMES
            .iter()
            .any(|known| first.eq_ignore_ascii_case(known.as_bytes()))
    });
    first.is_some_and(value::is_made)
        || second.is_some_and(|second| {
            is_credential(second)
                || (is_known
                    && words.next().is_none()
                    && second.len() >= 6
                    && value::is_secret(second))
        })
}

/// Schemes after which one word is a credential.
const SCHEMES: &[&str] = &["apikey", "basic", "bearer", "key", "token"];
/// How far a header is looked at: texts of nothing but headers are looked at from each of them.
const LONGEST: usize = 512;

fn is_credential(word: &[u8]) -> bool {
    const SHORTEST: usize = 6;
    let has = |is: fn(&u8) -> bool| word.iter().any(is);
    word.len() >= SHORTEST
        && (has(u8::is_ascii_digit)
            || has(|byte| b"=+/".contains(byte))
            || value::capital_inside(word))
}

/// `Cookie: a=b` and `Set-Cookie: a=b`.
pub(in super::super) fn is_cookie(bytes: &[u8], start: usize) -> bool {
    const NAME: &str = "cookie:";
    if !reads(bytes, start, NAME) {
        return false;
    }
    let rest = &bytes[start + NAME.len()..bytes.len().min(start + LONGEST)];
    let line = rest
        .split(|byte| b"\r\n".contains(byte))
        .next()
        .unwrap_or_default();
    line.iter()
        .position(|byte| *byte == b'=')
        .is_some_and(|sign| value::is_given(value::of(&line[sign + 1..]).0))
}
