//! Numbers and addresses of people, made by the rules of those who give them out; written apart from the code that looks for
//! them.

use proptest::prelude::*;

fn digits(length: usize) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..10, length).prop_filter("nobody's", |digits| {
        digits.iter().any(|digit| *digit != digits[0])
    })
}

fn text(digits: &[u32]) -> String {
    digits.iter().map(ToString::to_string).collect()
}

fn sum(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// `120.56412.54-5`: the Caixa's weights.
pub(crate) fn pis() -> impl Strategy<Value = String> {
    digits(10).prop_map(|mut digits| {
        let rest = 11 - sum(&digits, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        digits.push(if rest > 9 { 0 } else { rest });
        let text = text(&digits);
        format!(
            "{}.{}.{}-{}",
            &text[..3],
            &text[3..8],
            &text[8..10],
            &text[10..]
        )
    })
}

/// `1023 8501 0671`: the TSE's rule, with its exception for two states.
pub(crate) fn voter() -> impl Strategy<Value = String> {
    (digits(8), 1_u32..=28).prop_map(|(mut digits, state)| {
        let check = |sum: u32| match sum % 11 {
            10 => 0,
            0 if state < 3 => 1,
            rest => rest,
        };
        let first = check(sum(&digits, &[2, 3, 4, 5, 6, 7, 8, 9]));
        let places = [state / 10, state % 10];
        let second = check(sum(&places, &[7, 8]) + first * 9);
        digits.extend(places);
        digits.extend([first, second]);
        let text = text(&digits);
        format!("{} {} {}", &text[..4], &text[4..8], &text[8..])
    })
}

/// `700 0000 0000 0005`: a provisional one, whose last digit is searched for.
pub(crate) fn health_card() -> impl Strategy<Value = String> {
    let found = |digits: Vec<u32>| {
        let with = |last: u32| [vec![7], digits.clone(), vec![last]].concat();
        let weights: Vec<u32> = (1..=15).rev().collect();
        let all = (0..10).map(with).find(|all| sum(all, &weights) % 11 == 0)?;
        let text = text(&all);
        Some(format!(
            "{} {} {} {}",
            &text[..3],
            &text[3..7],
            &text[7..11],
            &text[11..]
        ))
    };
    digits(13).prop_filter_map("a rest of one has no last digit", found)
}

/// `DE89 3704 0044 0532 0130 00`: two check digits, so that the rest by 97 is one.
pub(crate) fn iban() -> impl Strategy<Value = String> {
    let country = prop::sample::select(vec![
        ("DE", 18),
        ("ES", 20),
        ("PT", 21),
        ("FR", 23),
        ("NO", 11),
    ]);
    (country, digits(23)).prop_map(|((country, length), digits)| {
        let account = &text(&digits)[..length];
        let letters: String = country
            .bytes()
            .map(|letter| (letter - 55).to_string())
            .collect();
        let rest = format!("{account}{letters}00")
            .bytes()
            .fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
        let whole = format!("{country}{:02}{account}", 98 - rest);
        let groups: Vec<&str> = whole
            .as_bytes()
            .chunks(4)
            .map(|group| std::str::from_utf8(group).unwrap())
            .collect();
        groups.join(" ")
    })
}

pub(crate) fn phone() -> impl Strategy<Value = String> {
    let area = (1_u32..10, 1_u32..10).prop_map(|(a, b)| format!("{a}{b}"));
    let brazilian = (area, "9[0-9]{4}", "[0-9]{4}").prop_flat_map(|(area, a, b)| {
        prop::sample::select(vec![
            format!("+55{area}{a}{b}"),
            format!("+55 {area} {a}-{b}"),
            format!("({area}) {a}-{b}"),
            format!("{area} {a} {b}"),
        ])
    });
    let american = ("[2-9][0-9]{2}", "[2-9][0-9]{2}", "[0-9]{4}").prop_flat_map(|(a, b, c)| {
        prop::sample::select(vec![
            format!("+1{a}{b}{c}"),
            format!("({a}) {b}-{c}"),
            format!("{a}-{b}-{c}"),
            format!("+1 ({a}) {b}-{c}"),
        ])
    });
    prop_oneof![brazilian, american]
}

pub(crate) fn address() -> impl Strategy<Value = String> {
    let v4 = ([11_u8..=99, 0_u8..=255, 0_u8..=255, 1_u8..=254])
        .prop_map(|[a, b, c, d]| format!("{a}.{b}.{c}.{d}"));
    let v6 = prop::collection::vec("[0-9a-f]{1,4}", 7)
        .prop_map(|rest| format!("2001:{}", rest.join(":")));
    let hardware =
        prop::collection::vec("[0-9a-f]{2}", 5).prop_map(|rest| format!("a2:{}", rest.join(":")));
    prop_oneof![v4, v6, hardware]
}

pub(crate) fn social() -> impl Strategy<Value = String> {
    ("[1-5][0-9]{2}", "[1-9][0-9]", "[1-9][0-9]{3}").prop_map(|(a, b, c)| format!("{a}-{b}-{c}"))
}
