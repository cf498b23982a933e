//! Telephone numbers: with `+` (ITU-T E.164), as they are written in Brazil and in North America, or under a telling word.

use super::super::scan::tells;
use super::groups::Groups;

const WORDS: &[&str] = &[
    "celular",
    "contato",
    "fax",
    "fone",
    "ligue",
    "mobile",
    "msisdn",
    "phone",
    "sms",
    "tel",
    "telefone",
    "telephone",
    "whatsapp",
];

/// A number that is written with a `+` has a country; without gaps it is as long as a mobile one.
const LONG: usize = 10;

pub(super) fn is(groups: &Groups, key: &str) -> bool {
    let digits = groups.digits();
    if digits.len() > 15 || !groups.stands_alone() {
        return false;
    }
    let is_written =
        has_plus(groups) && digits[0] != b'0' && (digits.len() >= LONG || groups.shape().len() > 2);
    is_written
        || is_brazilian(groups)
        || is_american(groups)
        || (!is_grouped_by_thousands(groups)
            && !is_date(groups)
            && tells(groups.bytes, groups.start, key, WORDS))
}

/// `+5511...`, and `+(55) 11 ...`; a sum has something before its plus.
fn has_plus(groups: &Groups) -> bool {
    let before = groups.bytes[..groups.start].strip_suffix(b"(");
    let before = before.unwrap_or(&groups.bytes[..groups.start]);
    before
        .strip_suffix(b"+")
        .is_some_and(|rest| !rest.last().is_some_and(u8::is_ascii_alphanumeric))
}

/// `1.234.567`: a count.
fn is_grouped_by_thousands(groups: &Groups) -> bool {
    let is_even = groups.shape()[1..].iter().all(|length| *length == 3);
    is_even && groups.shape().len() > 1 && groups.gaps().iter().all(|gap| b".,".contains(gap))
}

/// `2026-11-23`, `23/11/2026`
fn is_date(groups: &Groups) -> bool {
    matches!(groups.shape(), [4, 2, 2] | [2, 2, 4])
}

/// `(11) 91234-5678`, `11 3123-4567`, `55 11 91234 5678`: area codes have no zero (Anatel, plan of numbers), mobile numbers
/// begin with 9, others with 2 to 5.
fn is_brazilian(groups: &Groups) -> bool {
    let digits = groups.digits();
    let in_parentheses = groups.before() == Some(b'(');
    match groups.shape() {
        [2, 5, 4] | [2, 1, 4, 4] => is_brazilian_mobile(digits),
        [2, 9] => in_parentheses && is_brazilian_mobile(digits),
        [2, 4, 4] => {
            (in_parentheses || groups.gaps()[1] == b'-')
                && has_area(digits)
                && (b'2'..=b'5').contains(&digits[2])
        }
        [2, 2, 5, 4] => digits.starts_with(b"55") && is_brazilian_mobile(&digits[2..]),
        _ => false,
    }
}

pub(super) fn is_brazilian_mobile(digits: &[u8]) -> bool {
    digits.len() == 11 && has_area(digits) && digits[2] == b'9'
}

fn has_area(digits: &[u8]) -> bool {
    !digits[..2].contains(&b'0')
}

/// `(415) 555-0132`, `415-555-0132`, `1-415-555-0132`: neither the area nor the exchange begins with 0 or 1 (NANP).
fn is_american(groups: &Groups) -> bool {
    let digits = groups.digits();
    let number = match groups.shape() {
        [3, 3, 4] => digits,
        [1, 3, 3, 4] if digits[0] == b'1' => &digits[1..],
        _ => return false,
    };
    number[0] >= b'2' && number[3] >= b'2'
}
