//! Card numbers: 13 to 19 digits of a known issuer that pass the Luhn test (ISO/IEC 7812-1, annex B), in groups as on a
//! card, or under a telling word.

use super::super::scan::tells;
use super::digits::luhn;
use super::groups::Groups;

const WORDS: &[&str] = &[
    "amex",
    "card",
    "cartao",
    "cc",
    "credit",
    "credito",
    "debit",
    "debito",
    "elo",
    "hipercard",
    "mastercard",
    "pagamento",
    "pan",
    "payment",
    "visa",
];

/// First digits, from and to, and the lengths that the issuer uses.
const ISSUERS: &[(u32, u32, &[usize])] = &[
    (4, 4, &[13, 16, 19]),
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    (34, 34, &[15]),
    (37, 37, &[15]),
    (300, 305, &[14, 16]),
    (36, 36, &[14, 16]),
    (38, 39, &[14, 16]),
    (3528, 3589, &[16, 17, 18, 19]),
    (6011, 6011, &[16, 19]),
    (644, 649, &[16, 19]),
    (65, 65, &[16, 19]),
    (62, 62, &[16, 17, 18, 19]),
    // Elo and Hipercard.
    (5041, 5041, &[16]),
    (5066, 5067, &[16]),
    (5090, 5090, &[16]),
    (6277, 6277, &[16]),
    (6362, 6363, &[16]),
    (606_282, 606_282, &[16, 19]),
    (3841, 3841, &[16, 19]),
    // Maestro.
    (50, 50, &[13, 14, 15, 16, 17, 18, 19]),
    (56, 58, &[13, 14, 15, 16, 17, 18, 19]),
    (63, 63, &[16, 17, 18, 19]),
    (67, 67, &[13, 14, 15, 16, 17, 18, 19]),
];

const SHORTEST: usize = 13;

pub(super) fn is(groups: &Groups, key: &str) -> bool {
    let digits = groups.digits();
    if digits.len() < SHORTEST || !is_card(digits) {
        return false;
    }
    // Every card begins with a group of four.
    let as_on_a_card = match groups.shape() {
        [4, middle @ .., last] => *last >= 3 && middle.iter().all(|length| *length >= 3),
        _ => false,
    };
    as_on_a_card || tells(groups.bytes, groups.start, key, WORDS)
}

pub(super) fn is_card(digits: &[u8]) -> bool {
    let issued = ISSUERS.iter().any(|(from, to, lengths)| {
        let prefix_length = from.ilog10() as usize + 1;
        let prefix = digits[..prefix_length]
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        (*from..=*to).contains(&prefix) && lengths.contains(&digits.len())
    });
    issued && luhn(digits)
}
