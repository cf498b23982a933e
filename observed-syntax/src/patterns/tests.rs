mod addresses;
mod encodings;
mod hostile;
mod keys;
mod numbers;
mod pairs;

use super::{Pattern, find};

#[track_caller]
fn assert_found(pattern: Pattern, texts: &[(&str, &str)]) {
    for (key, text) in texts {
        assert_eq!(find(text, key), Some(pattern), "{key} = {text}");
    }
}

#[track_caller]
fn assert_clean(texts: &[(&str, &str)]) {
    for (key, text) in texts {
        assert_eq!(find(text, key), None, "{key} = {text}");
    }
}

#[test]
fn an_address_is_found_plain_encoded_and_inside_a_sentence() {
    assert_found(
        Pattern::Email,
        &[
            ("note", "ana@example.com"),
            ("note", "ANA.SOUZA+x@Example.Com.Br"),
            ("note", "mailto:ana%40example.com?subject=x"),
            ("note", "<joão@exemplo.com.br>, call him"),
            ("note", "a@b.co."),
            ("note", "x@xn--exmple-cua.xn--p1ai"),
        ],
    );
    assert_clean(&[
        ("note", "@handle"),
        ("note", "crate@1.2.3"),
        ("note", "user@localhost"),
        ("note", "a @ b.com"),
    ]);
}

#[test]
fn a_cpf_needs_its_check_digits_and_a_second_sign() {
    assert_found(
        Pattern::Cpf,
        &[
            ("note", "529.982.247-25"),
            ("note", "cpf 52998224725"),
            ("note", "CPF52998224725"),
            ("document", "52998224725"),
            ("customer.documents", "52998224725"),
            ("note", "529982247-25"),
        ],
    );
    assert_clean(&[
        ("order.number", "52998224725"),
        ("note", "529.982.247-26"),
        ("document", "11111111111"),
        ("document", "152998224725"),
    ]);
}

#[test]
fn a_cnpj_is_found_in_digits_and_with_letters() {
    assert_found(
        Pattern::Cnpj,
        &[
            ("note", "11.222.333/0001-81"),
            ("company", "11222333000181"),
            // The example of the Receita Federal.
            ("note", "12.ABC.345/01DE-35"),
            ("cnpj", "12abc34501de35"),
        ],
    );
    assert_clean(&[
        ("order", "11222333000181"),
        ("note", "11.222.333/0001-82"),
        ("cnpj", "12ABC34501DE36"),
    ]);
}

#[test]
fn a_card_is_found_in_groups_or_under_a_telling_word() {
    assert_found(
        Pattern::Card,
        &[
            ("note", "4111 1111 1111 1111"),
            ("note", "paid with 5555-5555-5555-4444 today"),
            ("payment.reference", "378282246310005"),
            ("note", "card: 6011111111111117"),
            ("note", "3782 822463 10005"),
        ],
    );
    assert_clean(&[
        ("order", "4111111111111111"),
        ("note", "4111 1111 1111 1112"),
        ("note", "4111 1111 1111 1116"),
        ("note", "1234 5678 9012 3456"),
        ("time", "2026-11-23 10:15:30.123456"),
    ]);
}

#[test]
fn tokens_and_keys_are_known_by_how_they_begin() {
    assert_found(
        Pattern::Token,
        &[
            ("note", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"),
            ("note", "Authorization: Bearer abc123def456"),
            ("note", "bearer%20QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ("note", "Basic QWxhZGRpbjpvcGVuc2VzYW1l"),
        ],
    );
    assert_found(
        Pattern::CloudKey,
        &[
            ("note", "AKIAIOSFODNN7EXAMPLE"),
            ("note", "key sk-proj-abcdefghijklmn0p"),
            ("note", "ghp_abcdefghijklmnopqrs7"),
        ],
    );
    assert_found(
        Pattern::PrivateKey,
        &[("note", "-----BEGIN RSA PRIVATE KEY-----\nMII")],
    );
    assert_clean(&[
        ("note", "bearer authentication"),
        ("note", "the sk-learn package"),
        ("note", "basic plan"),
        ("note", "Basic plan2024x"),
        ("note", "sk-bratislava-stare-mesto"),
        ("note", "max_tokens=1024"),
        ("note", "UPDATE users SET password = $1"),
        ("note", "crate::secrets::StoreError"),
        ("note", "pwd=/home/app"),
        ("note", "https://x.example/@ana.souza"),
        ("note", "-----BEGIN CERTIFICATE-----"),
    ]);
}

#[test]
fn a_password_in_a_query_or_a_url_is_a_pair() {
    assert_found(
        Pattern::Pair,
        &[
            ("note", "https://x.example/?user=1&password=hunter2"),
            ("note", "access_token=abc"),
            ("note", "x-api-key=abc"),
            ("note", "{\"senha\": \"abc\"}"),
            ("note", "postgres://app:hunter2@db/orders"),
            ("note", "redirect=%2F%3Ftoken%3Dabc"),
        ],
    );
    assert_clean(&[
        ("note", "https://x.example/?page=2"),
        ("note", "token: expired"),
        ("note", "password="),
        ("note", "a = b"),
    ]);
}
