//! Numbers of which a part is masked: what is left of a CPF tells it from nearly all others, and of a card it is the bank and
//! the last four digits.

use super::super::Pattern;
use super::super::scan::{before, run};

/// `***.982.247-**` and `411111******1111`; `X` masks too.
pub(in super::super) fn at(bytes: &[u8], start: usize) -> Option<Pattern> {
    if before(bytes, start).is_some_and(is_mask) {
        return None;
    }
    let masks = run(&bytes[..bytes.len().min(start + 8)], start, is_mask);
    if is_cpf(bytes, start, masks) {
        return Some(Pattern::Cpf);
    }
    is_card(bytes, start, masks).then_some(Pattern::Card)
}

fn is_mask(byte: u8) -> bool {
    b"*xX".contains(&byte)
}

fn is_cpf(bytes: &[u8], start: usize, masks: usize) -> bool {
    let rest = &bytes[start + masks..];
    let digits = |from: usize| {
        rest.get(from..from + 3)
            .is_some_and(|group| group.iter().all(u8::is_ascii_digit))
    };
    let signs =
        rest.first() == Some(&b'.') && rest.get(4) == Some(&b'.') && rest.get(8) == Some(&b'-');
    masks == 3
        && signs
        && digits(1)
        && digits(5)
        && rest
            .get(9)
            .is_some_and(|byte| is_mask(*byte) || byte.is_ascii_digit())
}

/// Six digits before and four after, fifteen or sixteen in all.
fn is_card(bytes: &[u8], start: usize, masks: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    let end = start + masks;
    let first = super::super::scan::run_before(bytes, start, 7, digit);
    let is_alone = start.checked_sub(first).is_some_and(|begin| {
        !before(bytes, begin).is_some_and(|byte| byte.is_ascii_alphanumeric())
    });
    let last = run(&bytes[..bytes.len().min(end + 5)], end, digit);
    (5..=6).contains(&masks) && first == 6 && last == 4 && is_alone
}
