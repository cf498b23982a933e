//! Settings of any text: no panic, off where one is malformed, and no header's value in the reason.

#![no_main]

use libfuzzer_sys::fuzz_target;
use observed_runtime::{State, Tracing, status};

const SECRET: &str = "hunter2hunter2";

/// One setting a line: `NAME=value`; `$` stands for a secret.
fn settings(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().take(64);
    lines
        .filter_map(|line| {
            let (name, value) = line.split_once('=')?;
            // A worker for each input would only test the machine.
            let plain = name != "TRACING_ENABLED" && !name.contains(SECRET);
            plain.then(|| (name.to_owned(), value.replace('$', SECRET)))
        })
        .collect()
}

fuzz_target!(|text: &str| {
    let _tracing = Tracing::builder("fuzzed").settings(settings(text)).init();
    let seen = status();
    assert!(matches!(seen.state, State::Disabled | State::Failed { .. }));
    let names_the_service = text.contains("OTEL_SERVICE_NAME") || text.contains("OTEL_RESOURCE_ATTRIBUTES");
    let endpoint = text.contains("ENDPOINT");
    assert!(names_the_service || endpoint || !format!("{seen:?}").contains(SECRET), "{seen:?}");
    if let State::Failed { reason } = seen.state {
        assert!(!reason.contains(SECRET), "{reason}");
    }
});
