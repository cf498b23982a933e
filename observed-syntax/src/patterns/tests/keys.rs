use super::*;

#[test]
fn keys_that_are_known_by_what_is_inside_or_last_are_found() {
    let hash = format!("$2b$12${}", "abcdefghij0123456789".repeat(2));
    let terraform = format!("abcdefghij0123.atlasv1.{}", "abcdefghij".repeat(6));
    let maxmind = format!("a1B2c3_{}_mmk", "abcdefghij0123456789abcdefghi");
    for text in [
        "abc8Q~abcdefghijklmnopqrstuvwxyz0123456.A",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB",
        "bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
        "0123456789abcdef0123456789abcdef-us12",
        "MIIEpAIBAAKCAQEAy8Dbv8prpJ",
        "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        hash.as_str(),
        &terraform,
        &maxmind,
    ] {
        assert_eq!(find(text, "note"), Some(Pattern::CloudKey), "{text}");
    }
    assert_clean(&[
        ("note", "0123456789abcdef0123456789abcde-us12"),
        ("note", "a~b Q~ 8Q~short"),
        ("note", "MIICdata"),
        ("note", "12345678:abc"),
        ("note", "costs $1$2"),
    ]);
}

#[test]
fn slugs_and_packages_are_no_keys() {
    assert_clean(&[
        ("note", "hf_cart_note_secret_900"),
        ("note", "npm_config_email_ship_key_window86"),
        ("note", "sk-secret-price-lease-7810"),
        ("note", "@scope/pkg@8.91.4"),
        (
            "note",
            "registry.example:5000/x/secret:05@sha256:62c772f8e3fa185ef4a904944c02406ced2f6233007",
        ),
    ]);
}

#[test]
fn a_scheme_needs_a_credential_after_it() {
    assert_found(
        Pattern::Token,
        &[
            ("note", "Bearer mF_9.B5f-4.1JqM"),
            (
                "note",
                "Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
            ),
            ("note", "authorization=ApiKey abcdef123456"),
            ("note", "Proxy-Authorization: Custom abc123"),
            ("note", "Authorization: ApiKey abcdef"),
            ("note", "Negotiate YIIFwQYGKwYBBQUCoIIFtTCCBbGgMDAu"),
            ("note", "Digest username=\"ana\", response=\"6629\""),
            ("note", "basic dXNlcjpwYXNz"),
            ("note", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"),
            ("note", "v4.local.abcdefghijklmnopqrstuvwxyz0123456789"),
        ],
    );
    assert_clean(&[
        ("note", "authorization: required"),
        ("note", "Authorization: Bearer"),
        ("note", "authorization: bearer required"),
        ("note", "basic=shard latency=92ms"),
        ("note", "user=bearer latency=59ms"),
        ("note", "basic planning2024"),
        ("note", "bearer authentication_required_now"),
        ("note", "digest sha256"),
        ("note", "token price"),
    ]);
}
