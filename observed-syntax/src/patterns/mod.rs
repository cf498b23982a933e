//! What personal data and credentials look like in text: the last line of defence, used at export and, for literals,
//! when an annotation is compiled.
//!
//! A number alone is not personal data: it needs its check digits *and* a second sign, its usual formatting or a telling
//! word before it or in its key, so that an order number is not taken for a taxpayer. The rule of each pattern and how
//! often it is wrong are in docs/firewall.md.

mod credential;
mod email;
mod home;
mod iban;
mod ip;
mod kind;
mod mac;
mod number;
mod pair;
mod pix;
mod place;
mod plain;
mod plate;
mod scan;
mod seen;
mod tax;
mod vendor;
mod walk;
mod wallet;

pub use kind::Pattern;
use seen::Seen;

/// Finds the first pattern in `text`; `key` is the name under which the text is recorded.
///
/// The text is looked at as it is written and as it is meant: decoded once and twice, and what stands in base64 in it.
///
/// ```
/// use observed_syntax::patterns::{Pattern, find};
///
/// assert_eq!(find("write to ana@example.com", "note"), Some(Pattern::Email));
/// assert_eq!(find("529.982.247-25", "note"), Some(Pattern::Cpf));
/// assert_eq!(find("52998224725", "order.number"), None);
/// assert_eq!(find("52998224725", "document"), Some(Pattern::Cpf));
/// ```
#[must_use]
pub fn find(text: &str, key: &str) -> Option<Pattern> {
    let seen = Seen::in_text(text.as_bytes());
    let found = find_in_layer(text, key, &seen);
    if found.is_some() || !seen.coded() {
        return found;
    }
    // In a query `+` is a space; in an address it is itself.
    let has_plus = text.contains('+');
    let as_query = find_decoded(text, key, true);
    as_query.or_else(|| has_plus.then(|| find_decoded(text, key, false))?)
}

/// Finds the first pattern that `number` is under `key`.
///
/// A number has no form and keeps no zeros at its beginning: it is tried with those of each number that has some, and needs
/// a telling key.
///
/// ```
/// use observed_syntax::patterns::{Pattern, find_number};
///
/// assert_eq!(find_number(52_998_224_725, "document"), Some(Pattern::Cpf));
/// assert_eq!(find_number(52_998_224_725, "elapsed_ns"), None);
/// ```
#[must_use]
#[inline]
pub fn find_number(number: i64, key: &str) -> Option<Pattern> {
    const SEVEN_DIGITS: i64 = 9_999_999;
    // Most numbers are shorter.
    if number <= SEVEN_DIGITS {
        return None;
    }
    find_long_number(number.unsigned_abs(), key)
}

fn find_long_number(number: u64, key: &str) -> Option<Pattern> {
    // As long as they are, then as CPF, PIS and CNH, título, CNPJ, CNS.
    const WIDTHS: [usize; 5] = [0, 11, 12, 14, 15];
    const MOST_DIGITS: usize = 20;
    let (mut digits, mut count, mut rest) = ([b'0'; MOST_DIGITS], 0, number);
    for digit in digits.iter_mut().rev() {
        if rest == 0 {
            break;
        }
        *digit += (rest % 10) as u8;
        rest /= 10;
        count += 1;
    }
    WIDTHS.iter().find_map(|width| {
        let begin = MOST_DIGITS - count.max(*width);
        number::at(&digits[begin..], 0, key)
    })
}

/// One layer of encoding off, and another.
fn find_decoded(text: &str, key: &str, plus_is_space: bool) -> Option<Pattern> {
    let decoded = plain::decoded(text, plus_is_space)?;
    let seen = Seen::in_text(decoded.as_bytes());
    let found = find_in_layer(&decoded, key, &seen);
    if found.is_some() || !seen.coded() {
        return found;
    }
    let twice = plain::decoded(&decoded, false)?;
    find_in_layer(&twice, key, &Seen::in_text(twice.as_bytes()))
}

/// As it stands, and what stands in base64 in it.
fn find_in_layer(text: &str, key: &str, seen: &Seen) -> Option<Pattern> {
    walk::find(text, key, seen).or_else(|| {
        let mut found = None;
        let has_run = seen.longest >= plain::base64::SHORTEST;
        if has_run {
            plain::base64::any(text.as_bytes(), |decoded| {
                found = find_in_base64(decoded, key);
                found.is_some()
            });
        }
        found
    })
}

fn find_in_base64(decoded: &str, key: &str) -> Option<Pattern> {
    if credential::is_jwt_header(decoded) {
        return Some(Pattern::Token);
    }
    walk::find(decoded, key, &Seen::in_text(decoded.as_bytes()))
}

#[cfg(test)]
mod tests;
