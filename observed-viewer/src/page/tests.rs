use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use opentelemetry::KeyValue;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;
use crate::sample::{HOSTILE, span};

/// What stands between the first `begin` after `from`, and `end`.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> &'a str {
    let rest = page.split_once(begin).unwrap().1;
    rest.split_once(end).unwrap().0
}

fn data_of(page: &str) -> Value {
    let data = between(page, "id=\"data\">", "</script>");
    serde_json::from_str(data).unwrap()
}

#[test]
fn the_policy_names_the_script_and_the_style_that_stand_in_the_page() {
    let page = file("shop", &[], &[]);
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    for (begin, end, directive) in [
        ("<script>", "</script>", "script-src"),
        ("<style>", "</style>", "style-src"),
    ] {
        let hash = STANDARD.encode(Sha256::digest(between(&page, begin, end)));
        let expected = format!("{directive} 'sha256-{hash}'");
        assert!(policy.contains(&expected), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(
        !policy.contains("connect-src"),
        "a file asks nobody: {policy}"
    );
}

#[test]
fn the_page_names_nothing_from_elsewhere() {
    for page in [file("shop", &[], &[]), live("shop").0] {
        for unwanted in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!page.contains(unwanted), "{unwanted}");
        }
    }
}

#[test]
fn the_live_page_may_ask_its_own_origin_and_may_not_be_framed() {
    let (page, policy) = live("shop");
    assert!(policy.contains("connect-src 'self'"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(data_of(&page)["head"]["live"], true);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[<>&/script!\"'{}data-]{0,40}",
        Just(HOSTILE.to_owned())
    ]
}

proptest! {
    #[test]
    fn what_a_span_says_is_no_markup_and_arrives_as_it_was(text in texts()) {
        let mut odd = span(1, 1, 0, &text, 0, 1);
        odd.attributes.push(KeyValue::new("said", text.clone()));
        let note = Note { trace: None, title: text.clone(), text: text.clone() };
        let page = file(&text, &[odd], &[note]);
        let data = between(&page, "id=\"data\">", "</script>");
        prop_assert!(!data.contains(['<', '>', '&']), "{}", data);
        let data = data_of(&page);
        prop_assert_eq!(&data["head"]["service"], &text);
        prop_assert_eq!(&data["head"]["notes"][0]["text"], &text);
        prop_assert_eq!(&data["spans"][0]["name"], &text);
        prop_assert_eq!(&data["spans"][0]["attributes"][0][1], &text);
        // The page is as long as its data is: nothing of it was put elsewhere too.
        let bare = file("", &[], &[]);
        let of_data = |page: &str| between(page, "id=\"data\">", "</script>").len();
        prop_assert_eq!(page.len() - of_data(&page), bare.len() - of_data(&bare));
    }
}
