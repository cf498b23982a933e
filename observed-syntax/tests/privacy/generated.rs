//! Personal data as the rules of those who issue it make it; written apart from the code that looks for it.

use proptest::prelude::*;

/// The weights are written out, as the Receita Federal prints them.
const CPF_WEIGHTS: [[u32; 10]; 2] = [
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 0],
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
];
const CNPJ_WEIGHTS: [[u32; 13]; 2] = [
    [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2, 0],
    [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2],
];

fn with_check_digits<const N: usize>(mut symbols: Vec<u8>, weights: &[[u32; N]; 2]) -> String {
    for weights in weights {
        let products = symbols
            .iter()
            .zip(weights)
            .map(|(symbol, weight)| (u32::from(*symbol) - 48) * weight);
        let rest = products.sum::<u32>() % 11;
        symbols.push(if rest < 2 {
            b'0'
        } else {
            b'0' + (11 - rest) as u8
        });
    }
    String::from_utf8(symbols).unwrap()
}

fn differs(symbols: &[u8]) -> bool {
    symbols.iter().any(|symbol| *symbol != symbols[0])
}

pub(crate) fn cpf() -> impl Strategy<Value = String> {
    let digits =
        prop::collection::vec(b'0'..=b'9', 9).prop_filter("nobody's", |digits| differs(digits));
    digits.prop_map(|digits| with_check_digits(digits, &CPF_WEIGHTS))
}

pub(crate) fn cnpj() -> impl Strategy<Value = String> {
    let symbol = prop_oneof![b'0'..=b'9', b'A'..=b'Z'];
    let letters = prop::collection::vec(symbol, 12);
    let digits = prop::collection::vec(b'0'..=b'9', 12);
    prop_oneof![letters, digits]
        .prop_filter("nobody's", |symbols| differs(symbols))
        .prop_map(|symbols| with_check_digits(symbols, &CNPJ_WEIGHTS))
}

/// Prefixes and lengths as issuers publish them; the last digit makes the sum of the Luhn test a multiple of ten.
pub(crate) fn card() -> impl Strategy<Value = String> {
    let issuer = prop::sample::select(vec![
        ("4", 16),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("2720", 16),
        ("34", 15),
        ("37", 15),
        ("6011", 16),
        ("65", 16),
        ("36", 14),
        ("3530", 16),
        ("62", 16),
        ("5067", 16),
        ("636368", 16),
        ("606282", 16),
    ]);
    (issuer, prop::collection::vec(0_u32..10, 19)).prop_map(|((prefix, length), random)| {
        let mut digits: Vec<u32> = prefix
            .chars()
            .map(|digit| digit.to_digit(10).unwrap())
            .collect();
        digits.extend(random);
        digits.truncate(length - 1);
        let mut sum = 0;
        for (position, digit) in digits.iter().rev().enumerate() {
            sum += match (position % 2, digit * 2) {
                (1, _) => *digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            };
        }
        digits.push((10 - sum % 10) % 10);
        digits.iter().map(ToString::to_string).collect()
    })
}

/// `pkg@latest.note`: what a version is called, and one word that is no domain of a country.
fn is_tag(host: &str, domain: &str) -> bool {
    let tags = [
        "alpha",
        "beta",
        "canary",
        "dev",
        "experimental",
        "latest",
        "lts",
        "next",
        "nightly",
        "rc",
        "stable",
    ];
    tags.contains(&host) && domain.matches('.').count() == 1 && domain.len() > 3
}

pub(crate) fn email() -> impl Strategy<Value = String> {
    (
        "[a-zA-Z0-9][a-zA-Z0-9._%+-]{0,20}",
        "[a-z0-9]{1,12}",
        "(\\.[a-z]{2,6}){1,2}",
    )
        .prop_filter(
            "what a program's names look like",
            |(local, host, domain)| {
                let digits = local.chars().filter(char::is_ascii_digit).count();
                let files = [
                    "avif", "bmp", "css", "gif", "htm", "html", "ico", "jpeg", "jpg", "json",
                    "jsx", "map", "mount", "png", "service", "slice", "socket", "svg", "target",
                    "timer", "tsx", "ttf", "webp", "woff",
                ];
                !is_tag(host, domain)
                    && digits < 8
                    && !files.iter().any(|ending| domain.ends_with(ending))
            },
        )
        .prop_map(|(local, host, domain)| format!("{local}@{host}{domain}"))
}

/// In groups as on a card: 4-6-5 and 4-6-4, else fours.
pub(crate) fn spread(digits: &str, separator: &str) -> String {
    let sizes: &[usize] = match digits.len() {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4],
    };
    let mut rest = digits;
    let groups = sizes.iter().map(|size| {
        let (group, after) = rest.split_at(*size);
        rest = after;
        group
    });
    groups.collect::<Vec<_>>().join(separator)
}

/// What stands before and after.
#[derive(Clone, Debug)]
pub(crate) struct Around(String, String);

impl Around {
    pub(crate) fn around(&self, text: &str) -> String {
        format!("{}{text}{}", self.0, self.1)
    }
}

pub(crate) fn in_text() -> impl Strategy<Value = Around> {
    let before = prop::sample::select(vec![
        "",
        "from ",
        "(",
        "id=",
        "\"",
        "código: ",
        "a/b ",
        ", ",
        "<",
        "7 ",
    ]);
    let after = prop::sample::select(vec![
        "", " today", ")", "\"", ", then", ".", ">", "; 9", " é",
    ]);
    (before, after).prop_map(|(before, after)| Around(before.to_owned(), after.to_owned()))
}
