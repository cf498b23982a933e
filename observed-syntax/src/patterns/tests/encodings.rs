use super::*;

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

#[test]
fn an_address_is_found_in_every_encoding() {
    for text in [
        "ana\u{200b}@example.com",
        "a\u{ad}na@exam\u{ad}ple.com",
        "ana\u{ff20}example\u{ff0e}com",
        "ana@example\u{3002}com",
        "\u{1d41a}na@example.com",
        "ana&#64;example.com",
        "ana&#x40;example&period;com",
        "ana&commat;example.com",
        "ana%40example.com",
        "ana%2540example.com",
        "ana+x%40example.com",
        "ana\\u0040example.com",
        "ana\\x40example.com",
        "ana=40example.com",
        "YW5hQGV4YW1wbGUuY29t",
        "data=YW5hQGV4YW1wbGUuY29t; x",
        "/path/YW5hQGV4YW1wbGUuY29t/x",
        "%59W5hQGV4YW1wbGUuY29t",
        "eyJzdWIiOiJhbmFAZXhhbXBsZS5jb20ifQ",
    ] {
        assert_eq!(find(text, "note"), Some(Pattern::Email), "{text}");
    }
}

#[test]
fn digits_spaces_and_hyphens_of_other_scripts_are_digits_spaces_and_hyphens() {
    for (text, pattern) in [
        ("\u{ff15}\u{ff12}\u{ff19}.982.247-25", Pattern::Cpf),
        ("\u{665}\u{662}\u{669}.982.247-25", Pattern::Cpf),
        ("\u{2075}\u{b2}\u{2079}.982.247\u{2013}25", Pattern::Cpf),
        ("4111\u{2009}1111\u{2009}1111\u{3000}1111", Pattern::Card),
        ("4111\u{2212}1111\u{2212}1111\u{2212}1111", Pattern::Card),
    ] {
        assert_eq!(find(text, "note"), Some(pattern), "{text}");
    }
}

#[test]
fn what_decodes_to_nothing_is_harmless() {
    assert_clean(&[
        ("note", "100% + 3% = 103%"),
        ("note", "a & b; c &#x; &#99999999999; &unknown;"),
        ("note", "\\u{41} \\uzzzz \\x \\"),
        ("note", "summarize_text_of_the_order"),
        ("note", "\u{200b}\u{ad}"),
        ("note", "timeout=40seconds"),
        // The word `harmless text here`.
        ("note", "aGFybWxlc3MgdGV4dCBoZXJl"),
    ]);
}
