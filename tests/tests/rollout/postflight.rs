//! `deploy/postflight.sh`: it passes where tracing changed nothing and recorded something, and ends by name for the rest.

use std::fs;
use std::process::Command;

use crate::repository::{Repository, TESTS, succeeded};
use crate::server::{health_server, jaeger};

fn on(repository: &Repository) -> Command {
    let mut command = repository.postflight("tests");
    command
        .env("TRACING_ENABLED", "1")
        .env("OBSERVED_GATES_ENABLED", "1");
    command
}

#[test]
fn a_suite_that_is_the_same_switched_on_and_recorded_something_passes() {
    let repository = Repository::prepared("on");
    let said = succeeded(&mut on(&repository));
    assert!(
        said.contains("5 tests pass with tracing off and on"),
        "{said}"
    );
    assert!(said.contains("the tests recorded 4 spans"), "{said}");
}

#[test]
fn a_suite_that_recorded_no_span_ends_it() {
    let repository = Repository::prepared("nothing");
    let because = "recorded no span; begin them with: let _tracing";
    for tests in [
        "echo 'test result: ok. 5 passed'",
        "echo 'test result: ok. 5 passed'; echo '0 shop' >>\"${OBSERVED_TEST_REPORT:-/dev/null}\"",
    ] {
        repository.aborts(on(&repository).env("TEST_COMMAND", tests), because);
    }
}

#[test]
fn a_comparison_with_tracing_off_on_both_sides_ends_it() {
    let repository = Repository::prepared("both");
    let mut command = on(&repository);
    let because = "TRACING_ENABLED is not on";
    repository.aborts(command.env("TRACING_ENABLED", "0"), because);
    repository.aborts(command.env_remove("TRACING_ENABLED"), because);
}

#[test]
fn a_test_with_another_result_switched_on_ends_it() {
    let repository = Repository::prepared("other");
    for by in ["TRACING_ENABLED", "OBSERVED_GATES_ENABLED"] {
        // It passes off, and is left out on.
        let tests = format!(
            "{TESTS}; if [ \"${{{by}:-0}}\" = 1 ]; then echo 'test a ... ignored'; else echo 'test a ... ok'; fi"
        );
        let mut command = on(&repository);
        repository.aborts(
            command.env("TEST_COMMAND", tests),
            "other results with tracing on",
        );
    }
}

#[test]
fn tests_that_take_another_time_are_the_same() {
    let repository = Repository::prepared("time");
    let tests = format!("{TESTS}; echo \"test result: ok. 1 passed; finished in $$s\"");
    succeeded(on(&repository).env("TEST_COMMAND", tests));
}

#[test]
fn output_that_differs_switched_on_ends_it_and_so_does_output_that_always_differs() {
    let repository = Repository::prepared("output");
    let same = succeeded(on(&repository).env("OUTPUT_COMMAND", "echo 200 OK"));
    assert!(
        same.contains("the output is the same with tracing off and on, 7 bytes"),
        "{same}"
    );
    for (output, because) in [
        (
            "echo \"${TRACING_ENABLED:-off}\"",
            "the output differs with tracing on",
        ),
        ("echo $$", "something else each time, with tracing off"),
        ("echo 200 OK; exit 3", "OUTPUT_COMMAND fails"),
    ] {
        repository.aborts(on(&repository).env("OUTPUT_COMMAND", output), because);
    }
}

#[test]
fn p95_is_noted_before_and_after_and_growth_ends_it() {
    let repository = Repository::prepared("latency");
    // One slow request in twenty is beyond P95, two are not.
    let seconds = "seq -f 0.%03.0f 100 138; echo 7";
    let mut before = repository.postflight("latency before");
    succeeded(before.env("LATENCY_COMMAND", seconds));
    let noted = || fs::read_to_string(repository.work_tree().join("tracing-p95.txt")).unwrap();
    assert_eq!(noted(), "0 before 0.100\n0 after 0.104\n1 before 0.137\n");
    let mut after = repository.postflight("latency after");
    after.env("LATENCY_COMMAND", "yes 0.2 | head -n 20");
    repository.aborts(&mut after, "P95 of phase 1 grew by 46.0 %");
    // Measured again, the number is replaced.
    succeeded(after.env("LATENCY_COMMAND", "yes 0.14 | head -n 20"));
    assert!(
        noted().ends_with("1 before 0.137\n1 after 0.14\n"),
        "{}",
        noted()
    );
}

#[test]
fn requests_that_fail_or_are_too_few_give_no_p95() {
    let repository = Repository::prepared("requests");
    let refuses = health_server("503 Service Unavailable", "");
    let before = || repository.postflight("latency before");
    repository.aborts(
        before().env("LATENCY_COMMAND", "echo 0.1"),
        "1 requests are too few",
    );
    repository.aborts(
        before().env("LATENCY_COMMAND", "false"),
        "LATENCY_COMMAND fails",
    );
    repository.aborts(
        before().env_remove("LATENCY_COMMAND"),
        "no LATENCY_URL is set",
    );
    let mut asked = before();
    asked
        .env_remove("LATENCY_COMMAND")
        .env("LATENCY_URL", refuses);
    repository.aborts(&mut asked, "does not answer");
    assert!(!repository.sh("cat tracing-p95.txt").contains("1 before"));
}

#[test]
fn jaeger_is_asked_for_the_service_the_operation_and_a_trace() {
    let repository = Repository::prepared("jaeger");
    let url = jaeger(&["process_action"]);
    let ask = |arguments: &str| {
        let mut command = repository.postflight(&format!("jaeger {arguments}"));
        command.env("JAEGER_URL", &url);
        command
    };
    succeeded(&mut ask(""));
    let said = succeeded(&mut ask("shop-backend process_action"));
    assert!(
        said.contains("Jaeger has a trace of process_action"),
        "{said}"
    );
    for (arguments, because) in [
        ("another process_action", "Jaeger lacks the service another"),
        ("shop-backend process", "Jaeger lacks the operation process"),
        ("shop-backend", "expected: jaeger SERVICE OPERATION"),
    ] {
        repository.aborts(&mut ask(arguments), because);
    }
    let mut nobody = ask("");
    repository.aborts(
        nobody.env("JAEGER_URL", "http://127.0.0.1:1"),
        "does not answer",
    );
}
