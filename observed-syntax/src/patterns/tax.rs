//! CPF and CNPJ: eleven digits, and fourteen letters or digits of which the last two are digits; both end in two check
//! digits (Receita Federal; CNPJ with letters: Instrução Normativa RFB 2.229/2024, from July 2026).

use super::scan::{begins_word, ends_word, shaped, starts, tells};

const CPF_SHAPES: &[&[u8]] = &[
    b"000.000.000-00",
    b"000.000.000/00",
    b"000.000.000.00",
    b"000 000 000 00",
    b"000 000 000-00",
    b"000-000-000-00",
    b"000000000-00",
    b"000000000/00",
];
const CPF_DIGITS: &[u8] = b"00000000000";
const CPF_WORDS: &[&str] = &[
    "cpf",
    "cadastro",
    "cliente",
    "contribuinte",
    "customer",
    "doc",
    "document",
    "documento",
    "holder",
    "identidade",
    "identity",
    "person",
    "pessoa",
    "ssn",
    "tax",
    "taxpayer",
    "tin",
    "titular",
    "user",
    "usuario",
];

const CNPJ_SHAPES: &[&[u8]] = &[
    b"AA.AAA.AAA/AAAA-00",
    b"AA.AAA.AAA-AAAA-00",
    b"AA AAA AAA/AAAA-00",
    b"AA AAA AAA AAAA 00",
    b"AAAAAAAA/AAAA-00",
    b"AAAAAAAAAAAA-00",
];
const CNPJ_SYMBOLS: &[u8] = b"AAAAAAAAAAAA00";
const CNPJ_WORDS: &[&str] = &[
    "cnpj",
    "cadastro",
    "cliente",
    "company",
    "contribuinte",
    "customer",
    "doc",
    "document",
    "documento",
    "empresa",
    "fornecedor",
    "holder",
    "merchant",
    "supplier",
    "tax",
    "taxpayer",
    "tin",
    "titular",
    "vendor",
];

pub(super) fn is_cpf_in(bytes: &[u8], key: &str) -> bool {
    starts(bytes)
        .filter(|start| bytes[*start].is_ascii_digit())
        .any(|start| {
            let formatted = CPF_SHAPES
                .iter()
                .any(|shape| is_at(bytes, start, shape, is_cpf));
            formatted
                || (is_at(bytes, start, CPF_DIGITS, is_cpf) && tells(bytes, start, key, CPF_WORDS))
        })
}

pub(super) fn is_cnpj_in(bytes: &[u8], key: &str) -> bool {
    starts(bytes).any(|start| {
        let formatted = (begins_word(bytes, start) || bytes[start].is_ascii_digit())
            && CNPJ_SHAPES
                .iter()
                .any(|shape| is_at(bytes, start, shape, is_cnpj));
        formatted
            || (is_at(bytes, start, CNPJ_SYMBOLS, is_cnpj) && tells(bytes, start, key, CNPJ_WORDS))
    })
}

fn is_at(bytes: &[u8], position: usize, shape: &[u8], is_valid: fn(&[u8]) -> bool) -> bool {
    // The cheap questions first: most texts end somewhere else.
    let end = position + shape.len();
    let may_end_here = bytes.get(end - 1).is_some_and(u8::is_ascii_digit) && ends_word(bytes, end);
    may_end_here
        && shaped(bytes, position, shape).is_some_and(|symbols| is_valid(symbols.as_slice()))
}

/// Eleven digits with their check digits; eleven equal ones have them by accident and are nobody's.
fn is_cpf(digits: &[u8]) -> bool {
    let differs = digits.iter().any(|digit| *digit != digits[0]);
    differs && (9..11).all(|length| digits[length] == check_digit(&digits[..length], length + 1))
}

fn is_cnpj(symbols: &[u8]) -> bool {
    let differs = symbols.iter().any(|symbol| *symbol != symbols[0]);
    differs && (12..14).all(|length| symbols[length] == check_digit(&symbols[..length], 9))
}

/// Modulo 11 over the symbols with the weights 2, 3, .. from the right, beginning anew after `last`.
fn check_digit(symbols: &[u8], last: usize) -> u8 {
    let weights = (2..=last as u32).cycle();
    let sum: u32 = symbols
        .iter()
        .rev()
        .zip(weights)
        .map(|(symbol, weight)| u32::from(symbol - b'0') * weight)
        .sum();
    match sum % 11 {
        0 | 1 => b'0',
        rest => b'0' + (11 - rest) as u8,
    }
}
