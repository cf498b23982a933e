//! `OBSERVED_LOCK` and the lock that a program was built with.

use super::*;

const LOCK: &str = "version 1\nspan work internal shop::work #0123456789abcdef reviewed\n";

fn locked(lock: Option<&str>, word: &str) -> Result<Settings, String> {
    let mut source = Source::default();
    source.replace(std::iter::once((
        "OBSERVED_LOCK".to_owned(),
        word.to_owned(),
    )));
    if let Some(lock) = lock {
        source.set_lock(lock);
    }
    Settings::read(&source, "shop").map_err(|refused| refused.reason)
}

#[test]
fn a_lock_is_enforced_unless_a_setting_says_otherwise() {
    for (lock, word, mode) in [
        (None, "", Mode::Off),
        (None, "off", Mode::Off),
        (Some(LOCK), "", Mode::Enforce),
        (Some(LOCK), "ENFORCE", Mode::Enforce),
        (Some(LOCK), "warn", Mode::Warn),
        (Some(LOCK), "off", Mode::Off),
    ] {
        let settings = locked(lock, word).unwrap();
        assert_eq!(settings.lock.mode, mode, "{word}");
        let asks = mode != Mode::Off;
        assert_eq!(settings.lock.lock.is_some(), asks, "{word}");
        let is_told = lock.is_some() && mode == Mode::Off;
        assert_eq!(settings.warnings.len(), usize::from(is_told), "{word}");
    }
}

#[test]
fn a_lock_that_is_demanded_and_is_not_there_or_cannot_be_read_leaves_tracing_off() {
    for (lock, word, reason) in [
        (None, "enforce", "built without a lock"),
        (None, "warn", "built without a lock"),
        (Some("version 2"), "", "observed.lock, line 1: a version"),
        (
            Some("version 2"),
            "warn",
            "observed.lock, line 1: a version",
        ),
        (Some(""), "", "`version 1` is missing"),
        (Some(LOCK), "hunter2", "it takes off, warn or enforce"),
        (None, "hunter2", "it takes off, warn or enforce"),
    ] {
        let said = locked(lock, word).unwrap_err();
        assert!(said.contains(reason), "{word}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    // What is not used is not fatal.
    assert!(locked(Some("version 2"), "off").is_ok());
}

#[test]
fn another_lock_is_another_setting() {
    let (one, other) = (locked(Some(LOCK), ""), locked(Some("version 1"), ""));
    assert!(!one.clone().unwrap().do_as(&other.unwrap()));
    assert!(one.clone().unwrap().do_as(&one.unwrap()));
}
