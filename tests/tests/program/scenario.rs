//! Runs a test's body in a child process: this binary again, with only that test.

use std::process::Command;

/// Set in the child process.
pub(crate) const CHILD: &str = "OBSERVED_TEST_CHILD";

/// Runs `body` in a process of its own; the test fails when that process does.
pub(crate) fn in_a_process_of_its_own(body: impl FnOnce()) {
    in_a_process_with(&[], body);
}

/// The same with these variables in the process's environment.
pub(crate) fn in_a_process_with(environment: &[(&str, &str)], body: impl FnOnce()) {
    if std::env::var_os(CHILD).is_some() {
        return body();
    }
    let test = std::thread::current()
        .name()
        .expect("the test harness names its threads")
        .to_owned();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &test, "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && printed.contains("1 passed"),
        "{test}: {}\n{printed}",
        output.status
    );
    // Shown with `--nocapture`: what a long run has counted.
    print!("{printed}");
}
