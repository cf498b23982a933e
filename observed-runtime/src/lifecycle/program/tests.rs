//! The number of the program's own pipeline, which is one per process: each test runs in a process of its own.

use std::process::Command;

use super::*;
use crate::lifecycle::Tracing;

const CHILD: &str = "OBSERVED_TEST_CHILD";
const SOON: Duration = Duration::from_secs(10);

/// Runs `body` in this binary again, with only this test.
fn in_a_process_of_its_own(body: impl FnOnce()) {
    if std::env::var_os(CHILD).is_some() {
        return body();
    }
    let test = std::thread::current().name().unwrap().to_owned();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &test, "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && printed.contains("1 passed"),
        "{printed}"
    );
}

fn program() -> Arc<Handle> {
    Program::init(
        Tracing::builder("test")
            .settings([("TRACING_ENABLED", "1"), ("OTEL_TRACES_EXPORTER", "none")]),
    )
}

#[test]
fn spans_without_a_context_belong_to_the_programs_pipeline_until_its_shutdown() {
    in_a_process_of_its_own(|| {
        let handle = program();
        let own = handle.0.running().map(|(pipeline, _)| pipeline.id);
        assert_eq!(Some(registry::global_id()), own);
        handle.0.shutdown(SOON);
        // The handle lives, and with it the account of the pipeline; nothing new belongs to it.
        assert_eq!(registry::global_id(), 0);
    });
}

#[test]
fn the_end_of_a_pipeline_that_another_one_has_replaced_leaves_that_in_its_place() {
    in_a_process_of_its_own(|| {
        let handle = program();
        let other = registry::global_id() + 1;
        registry::set_global(other);
        handle.0.shutdown(SOON);
        assert_eq!(registry::global_id(), other);
    });
}
