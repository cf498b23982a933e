//! Card numbers: 13 to 19 digits of a known issuer that pass the Luhn test (ISO/IEC 7812-1, annex B), in groups as on a
//! card, or under a telling word.

use super::scan::{ends_word, run, starts, tells};

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
const LONGEST: usize = 19;

pub(super) fn is_in(bytes: &[u8], key: &str) -> bool {
    starts(bytes).any(|start| bytes[start].is_ascii_digit() && is_at(bytes, start, key))
}

/// Takes group after group of digits, divided by one space, hyphen or dot.
fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    let (mut digits, mut groups, mut position) = (Vec::with_capacity(LONGEST), 0, start);
    // Every card begins with a group of four.
    let begins_with_four = run(bytes, start, |byte| byte.is_ascii_digit()) == 4;
    loop {
        let length = run(bytes, position, |byte| byte.is_ascii_digit());
        if length == 0 || digits.len() + length > LONGEST {
            return false;
        }
        digits.extend_from_slice(&bytes[position..position + length]);
        position += length;
        groups += 1;
        let as_on_a_card = groups > 1 && length >= 3 && begins_with_four;
        if digits.len() >= SHORTEST && ends_word(bytes, position) && is_card(&digits) {
            let told = as_on_a_card || tells(bytes, start, key, WORDS);
            if told {
                return true;
            }
        }
        let separated = bytes
            .get(position)
            .is_some_and(|byte| b" -.".contains(byte));
        if !separated || length < 3 {
            return false;
        }
        position += 1;
    }
}

fn is_card(digits: &[u8]) -> bool {
    let issued = ISSUERS.iter().any(|(from, to, lengths)| {
        let prefix_length = from.ilog10() as usize + 1;
        let prefix = digits[..prefix_length]
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        (*from..=*to).contains(&prefix) && lengths.contains(&digits.len())
    });
    issued && luhn(digits)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(position, digit)| {
            let value = u32::from(digit - b'0') << (position % 2);
            value / 10 + value % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
