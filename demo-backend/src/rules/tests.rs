//! A rules file allows what it names, and a wrong one is refused with the place and without the key.

use serde_json::json;

use super::*;

const FULL: &str = r#"
    [[profiles]]
    name = "partner"
    api_key = "partner-key"
    actions = ["summarize_text"]
    contexts = ["ctx-production"]
    rate_per_minute = 60
    payload = { max_bytes = 100, forbidden_fields = ["password"] }
    window = { from = "08:00", to = "18:00", days = ["mon", "fri"] }
"#;

#[test]
fn a_profile_allows_what_it_names() {
    let rules = Rules::parse(FULL).unwrap();
    let profile = rules.profile_of("partner-key").unwrap();
    assert!(rules.profile_of("partner-ke").is_none() && !rules.knows(""));
    assert!(profile.allows_action("summarize_text") && !profile.allows_action("always_fail"));
    assert!(profile.allows_context("ctx-production"));
    assert!(profile.allows_payload(&json!({ "text": "short" })));
    assert!(!profile.allows_payload(&json!({ "text": "x".repeat(100) })));
    assert!(!profile.allows_payload(&json!({ "deep": [{ "password": 1 }] })));
}

#[test]
fn rules_that_are_wrong_are_refused_with_the_place_and_without_the_key() {
    for (from, to, expected) in [
        (
            "name = \"partner\"",
            "nmae = \"partner\"",
            "line 3: unknown field",
        ),
        (
            "summarize_text",
            "no_such_action",
            "`no_such_action`, which does not exist",
        ),
        ("partner-key", "", "empty api_key"),
        ("\"partner\"", "\"\"", "name is 1 to 64 bytes long"),
        (
            "08:00",
            "8 o'clock",
            "`from` and `to` are times such as 08:30",
        ),
        ("[[profiles]]", "profiles = []\n[other]", "line"),
    ] {
        let error = Rules::parse(&FULL.replace(from, to)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(expected), "{from}: {error}");
        assert!(!error.contains("partner-key"), "{error}");
    }
    let twice = format!("{FULL}{}", FULL.replace("partner-key", "other-key"));
    assert!(matches!(Rules::parse(&twice), Err(Mistake::Repeated(_))));
}

#[test]
fn one_key_may_do_everything_where_there_is_no_file() {
    let rules = Rules::everything("key");
    let profile = rules.profile_of("key").unwrap();
    assert!(profile.allows_action("anything") && profile.allows_payload(&json!({})));
}
