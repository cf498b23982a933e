//! Check digits of numbers that are nothing but digits (Receita Federal; Caixa; TSE; SUS; SENATRAN).

/// Eleven digits with their check digits; eleven equal ones have them by accident and are nobody's.
pub(super) fn is_cpf(digits: &[u8]) -> bool {
    digits.len() == 11
        && differs(digits)
        && (9..11).all(|length| digits[length] == check_digit(&digits[..length], length + 1))
}

/// Letters count too, by their place in the table of characters (Instrução Normativa RFB 2.229/2024).
pub(in super::super) fn is_cnpj(symbols: &[u8]) -> bool {
    symbols.len() == 14
        && differs(symbols)
        && (12..14).all(|length| symbols[length] == check_digit(&symbols[..length], 9))
}

/// PIS, PASEP, NIT and NIS: eleven digits, the last checks.
pub(super) fn is_pis(digits: &[u8]) -> bool {
    digits.len() == 11 && differs(digits) && digits[10] == check_digit(&digits[..10], 9)
}

/// Título de eleitor: eight digits, two of the state (28 is abroad), two check digits. São Paulo and Minas Gerais, 01 and
/// 02, take 1 where the others take 0.
pub(super) fn is_voter(digits: &[u8]) -> bool {
    if digits.len() != 12 || !differs(digits) {
        return false;
    }
    let state = value(digits[8]) * 10 + value(digits[9]);
    let check = |sum: u32| match sum % 11 {
        10 => 0,
        0 if state <= 2 => 1,
        rest => rest,
    };
    let first = check(weighted(&digits[..8], 2..10));
    let second = check(value(digits[8]) * 7 + value(digits[9]) * 8 + first * 9);
    (1..=28).contains(&state) && value(digits[10]) == first && value(digits[11]) == second
}

/// Cartão Nacional de Saúde: fifteen digits, whose sum by the weights 15 to 1 is a multiple of eleven; 1 and 2 begin
/// definite ones, 7 to 9 provisional ones.
pub(super) fn is_health_card(digits: &[u8]) -> bool {
    digits.len() == 15
        && b"12789".contains(&digits[0])
        && differs(digits)
        && weighted(digits, (1..=15).rev()) % 11 == 0
}

/// CNH: nine digits and two check digits; a first rest of ten takes two from the second sum.
pub(super) fn is_driver(digits: &[u8]) -> bool {
    if digits.len() != 11 || !differs(digits) {
        return false;
    }
    let first = weighted(&digits[..9], (1..=9).rev()) % 11;
    let (first, less) = if first == 10 { (0, 2) } else { (first, 0) };
    let second = weighted(&digits[..9], 1..=9) % 11;
    let second = match (second + 11 - less) % 11 {
        10 => 0,
        rest => rest,
    };
    value(digits[9]) == first && value(digits[10]) == second
}

/// ISO/IEC 7812-1, annex B.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = digits.iter().rev().enumerate();
    let sum: u32 = doubled
        .map(|(position, digit)| {
            let value = value(*digit) << (position % 2);
            value / 10 + value % 10
        })
        .sum();
    sum % 10 == 0
}

fn value(digit: u8) -> u32 {
    u32::from(digit - b'0')
}

fn differs(symbols: &[u8]) -> bool {
    symbols.iter().any(|symbol| *symbol != symbols[0])
}

fn weighted(digits: &[u8], weights: impl Iterator<Item = u32>) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| value(*digit) * weight)
        .sum()
}

/// Modulo 11 over the symbols with the weights 2, 3, .. from the right, beginning anew after `last`.
fn check_digit(symbols: &[u8], last: usize) -> u8 {
    let weights = (2..=last as u32).cycle();
    let sum: u32 = symbols
        .iter()
        .rev()
        .zip(weights)
        .map(|(symbol, weight)| value(*symbol) * weight)
        .sum();
    match sum % 11 {
        0 | 1 => b'0',
        rest => b'0' + (11 - rest) as u8,
    }
}
