//! R10, R11: no generated taxpayer, company, card or address passes, no word of a list written apart passes, and the
//! harmless words of another list do.

mod encoded;
mod generated;
mod listed;
mod people;

use encoded::ENCODINGS;
use generated::{card, cnpj, cpf, email, in_text, spread};
use observed_syntax::dictionary;
use observed_syntax::patterns::{find, find_number};
use people::{address, health_card, iban, phone, pis, social, voter};
use proptest::prelude::*;

const PERSONAL: &str = include_str!("../words/personal.txt");
const SAFE: &str = include_str!("../words/safe.txt");

fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        name + &word[..1].to_uppercase() + &word[1..]
    })
}

#[test]
fn every_personal_word_is_refused_in_every_convention() {
    let mut passed = Vec::new();
    for word in lines(PERSONAL) {
        let camel = camel_case(word);
        let upper = camel[..1].to_uppercase() + &camel[1..];
        let names = [
            word.to_owned(),
            word.to_uppercase(),
            word.replace('_', "."),
            word.replace('_', "-"),
            camel.clone(),
            upper.clone(),
            format!("a_{word}_b"),
            format!("order.{word}"),
            format!("get{upper}Now"),
            if word.ends_with('s') {
                word.to_owned()
            } else {
                format!("{word}s")
            },
        ];
        passed.extend(
            names
                .into_iter()
                .filter(|name| dictionary::find(name).is_none()),
        );
    }
    assert!(passed.is_empty(), "{passed:?}");
}

#[test]
fn every_harmless_word_passes() {
    let words = lines(SAFE);
    assert!(words.len() >= 300, "only {} words", words.len());
    let refused: Vec<_> = words
        .iter()
        .filter_map(|word| dictionary::find(word).map(|hit| (*word, hit)))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn a_name_that_only_contains_the_letters_of_a_word_passes() {
    for name in [
        "author",
        "shipping",
        "gendarme",
        "spinal",
        "carpet",
        "panda",
        "emailer_free_zone",
    ] {
        let hit = dictionary::find(name);
        assert!(hit.is_none(), "{name}: {hit:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_formatted_cpf_passes(digits in cpf(), text in in_text()) {
        let formatted = format!("{}.{}.{}-{}", &digits[..3], &digits[3..6], &digits[6..9], &digits[9..]);
        prop_assert!(find(&text.around(&formatted), "note").is_some(), "{}", formatted);
    }

    #[test]
    fn no_formatted_cnpj_passes(symbols in cnpj(), text in in_text()) {
        let formatted = format!(
            "{}.{}.{}/{}-{}",
            &symbols[..2], &symbols[2..5], &symbols[5..8], &symbols[8..12], &symbols[12..]
        );
        prop_assert!(find(&text.around(&formatted), "note").is_some(), "{}", formatted);
    }

    #[test]
    fn no_card_in_groups_passes(digits in card(), separator in prop::sample::select(vec![" ", "-"]), text in in_text()) {
        let formatted = spread(&digits, separator);
        prop_assert!(find(&text.around(&formatted), "note").is_some(), "{}", formatted);
    }

    #[test]
    fn no_digits_under_a_telling_key_pass(cpf in cpf(), cnpj in cnpj(), card in card()) {
        for (key, digits) in [("customer.document", &cpf), ("cpf", &cpf), ("company.tax", &cnpj), ("cnpj", &cnpj),
                              ("payment.card", &card), ("pan", &card)] {
            prop_assert!(find(digits, key).is_some(), "{} = {}", key, digits);
        }
    }

    #[test]
    fn no_address_passes(address in email(), text in in_text()) {
        prop_assert!(find(&text.around(&address), "note").is_some(), "{}", address);
        prop_assert!(find(&address.replace('@', "%40"), "note").is_some(), "{}", address);
    }

    #[test]
    fn no_person_s_number_passes_in_any_encoding(
        planted in prop_oneof![pis(), voter(), health_card(), iban(), phone(), address(), social()]
    ) {
        for (name, encode) in ENCODINGS {
            let text = encode(&planted);
            prop_assert!(find(&text, "note").is_some(), "{} as {}: {}", planted, name, text);
        }
    }

    #[test]
    fn no_address_card_or_taxpayer_passes_in_any_encoding(address in "[a-z]{4,9}@[a-z]{4,6}[.]com", cpf in cpf(), card in card()) {
        let cpf = format!("{}.{}.{}-{}", &cpf[..3], &cpf[3..6], &cpf[6..9], &cpf[9..]);
        for planted in [address, cpf, spread(&card, " ")] {
            for (name, encode) in ENCODINGS {
                let text = encode(&planted);
                prop_assert!(find(&text, "note").is_some(), "{} as {}: {}", planted, name, text);
            }
        }
    }

    /// The last digit checks: each other one is wrong.
    #[test]
    fn a_wrong_check_digit_is_nobody_s(
        planted in prop_oneof![pis(), voter(), health_card(), iban()], add in 1_u8..10
    ) {
        // In groups of four a part of a number is one of another kind.
        let planted = match planted.split(' ').count() {
            4 => format!("CNS {}", planted.replace(' ', "")),
            5.. => planted.replace(' ', ""),
            _ => planted,
        };
        prop_assert!(find(&planted, "note").is_some(), "{}", planted);
        let mut near = planted.clone().into_bytes();
        let last = near.last_mut().unwrap();
        *last = b'0' + (*last - b'0' + add) % 10;
        let near = String::from_utf8(near).unwrap();
        prop_assert_eq!(find(&near, "note"), None, "{} of {}", near, planted);
    }

    #[test]
    fn any_number_can_be_looked_at(number in any::<i64>(), key in ".{0,40}") {
        let _ = find_number(number, &key);
    }

    #[test]
    fn any_bytes_of_patterns_can_be_looked_at(text in "[a1=:@%&#;+<>\"'./\\\\_~$*xeyJMQ \u{ff11}\u{200b}-]{0,120}") {
        let _ = find(&text, "note");
    }

    #[test]
    fn any_text_can_be_looked_at(text in ".{0,200}", key in ".{0,40}") {
        let _ = find(&text, &key);
        let _ = dictionary::find(&text);
    }
}
