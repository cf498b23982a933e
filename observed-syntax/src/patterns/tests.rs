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

#[test]
fn any_text_can_be_looked_at() {
    for text in [
        "",
        "%",
        "%4",
        "@",
        "=",
        ":",
        "://",
        "-",
        "--",
        "é",
        "eyJ",
        "sk-",
        "Bearer",
        "0",
        "\u{0}@\u{0}.aa",
    ] {
        let _ = find(text, text);
    }
}

#[test]
fn encodings_quotes_and_look_alikes_hide_nothing() {
    for (text, pattern) in [
        ("cnpj=11.222.333%2F0001-81", Pattern::Cnpj),
        ("CNPJ11.222.333/0001-81", Pattern::Cnpj),
        ("q=Ana%20529.982.247-25", Pattern::Cpf),
        ("cpf%2052998224725", Pattern::Cpf),
        ("529.982.247\u{2011}25", Pattern::Cpf),
        ("4111+1111+1111+1111", Pattern::Card),
        ("4111\u{a0}1111\u{a0}1111\u{a0}1111", Pattern::Card),
        ("x%20AKIAIOSFODNN7EXAMPLE", Pattern::CloudKey),
        ("-----BEGIN%20PRIVATE%20KEY-----", Pattern::PrivateKey),
        ("password%22%3A%22hunter2", Pattern::Pair),
        ("postgres%3A%2F%2Fapp%3Ahunter2%40db", Pattern::Pair),
        (
            "{\"body\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}",
            Pattern::Pair,
        ),
        ("user[password]=hunter2", Pattern::Pair),
        ("user%5Bpassword%5D=hunter2", Pattern::Pair),
        ("password1=hunter2", Pattern::Pair),
        ("secret_key=abc", Pattern::Pair),
        ("{\"access_token\":\"2Yot\"}", Pattern::Pair),
        ("Authorization: Basic dXNlcjpwYXNz", Pattern::Token),
        ("Bearer \"abc123def456\"", Pattern::Token),
        ("eyJhbGciOiJIUzI1NiJ9..c2lnbmF0dXJl", Pattern::Token),
    ] {
        assert_eq!(find(text, "note"), Some(pattern), "{text}");
    }
}
