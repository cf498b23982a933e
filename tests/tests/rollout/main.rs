//! `docs/ROLLOUT.md` and `deploy/preflight.sh`: every command is run in a repository of the test's own, and the script ends
//! without a tag for each thing that may be wrong.

mod order;
mod postflight;
mod repository;
mod server;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use server::{health_server, jaeger};

use repository::{Repository, TESTS, root, succeeded};

const PHASES: [&str; 8] = ["-1", "0", "1", "2", "3", "4", "5", "6"];

const HEALTHY: &str = r#"{"status": "ok", "tracing_enabled": false}"#;

/// The blocks of the document in this language, in order.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(opened) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if opened == language {
                found.push(block.join("\n"));
            }
        }
    }
    found
}

#[test]
fn every_command_of_the_rollout_runs_in_the_order_in_which_it_is_written() {
    let document = fs::read_to_string(root().join("docs/ROLLOUT.md")).unwrap();
    let repository = Repository::new("document");
    let health = health_server("200 OK", HEALTHY);
    let jaeger = jaeger(&["process_action", "agentic_action", "test_executor_v1"]);
    let commands = blocks(&document, "sh");
    assert!(commands.len() > 3 * PHASES.len(), "{}", commands.len());
    for (place, block) in commands.iter().enumerate() {
        // Where the document commits a phase, a person has written something.
        let clean = repository.sh("git status --porcelain").is_empty();
        if block.contains("git add --all") && clean {
            let source = repository.work_tree().join("src/lib.rs");
            let line = format!("// What a person wrote, {place}.\n");
            fs::write(&source, fs::read_to_string(&source).unwrap() + &line).unwrap();
        }
        let mut command = repository.command(block);
        command
            .env("HEALTH_URL", &health)
            .env("JAEGER_URL", &jaeger);
        succeeded(command.env("SERVICE", "shop-backend"));
    }
    let tags = repository.sh("git tag");
    let mut expected = PHASES.map(|phase| format!("PRE-PHASE-{phase}"));
    expected.sort();
    assert_eq!(tags.lines().collect::<Vec<_>>(), expected);
    assert_eq!(repository.bundles().len(), PHASES.len());
    assert_eq!(repository.sh("git worktree list").lines().count(), 1);
}

#[test]
fn each_phase_has_its_checklist_first_and_its_rehearsal_last() {
    let document = fs::read_to_string(root().join("docs/ROLLOUT.md")).unwrap();
    let sections: Vec<&str> = document.split("\n## ").collect();
    for phase in PHASES {
        let title = format!("Phase {phase}: ");
        let section = sections.iter().find(|section| section.starts_with(&title));
        let section = section.unwrap_or_else(|| panic!("there is no section {title}"));
        let commands = blocks(section, "sh");
        let before = format!("PHASE={phase} sh deploy/preflight.sh\n");
        let rehearsal = format!("PHASE={phase} sh deploy/preflight.sh --rehearse");
        let checked = commands
            .iter()
            .position(|block| format!("{block}\n").starts_with(&before));
        let committed = commands.iter().rposition(|c| c.contains("git commit"));
        let rehearsed = commands.iter().position(|block| *block == rehearsal);
        assert!(checked.is_some() && checked < committed, "{phase}");
        assert!(committed < rehearsed, "{phase}");
        let parts = ["Before", "Write", "Test", "Back"].map(|part| format!("\n**{part}.**"));
        for part in parts {
            assert!(section.contains(&part), "phase {phase} has no{part}");
        }
    }
}

#[test]
fn a_phase_that_may_begin_is_tagged_and_backed_up_and_nothing_else_is_changed() {
    let repository = Repository::prepared("passes");
    let before = repository.sh("git rev-parse HEAD && git status --porcelain");
    let said = succeeded(
        repository
            .preflight()
            .env("HEALTH_URL", health_server("200 OK", HEALTHY)),
    );
    let checked = said.lines().all(|line| line.starts_with("preflight: ok: "));
    assert!(checked && said.lines().count() == 11, "{said}");
    let after = repository.sh("git rev-parse HEAD && git status --porcelain");
    assert_eq!(after, before);
    assert_eq!(
        repository.sh("git rev-parse PRE-PHASE-1"),
        repository.sh("git rev-parse HEAD")
    );
    let [bundle] = &repository.bundles()[..] else {
        panic!("one bundle, not {:?}", repository.bundles())
    };
    let clone = format!("git clone --quiet ../shop-backup/{bundle} ../restored");
    repository.sh(&clone);
    repository.sh("diff -r --exclude .git . ../restored");
}

#[test]
fn a_work_tree_that_is_not_clean_ends_it() {
    let repository = Repository::prepared("dirty");
    repository.write("src/new.rs", "");
    repository.aborts(&mut repository.preflight(), "the work tree is not clean");
}

#[test]
fn tests_that_leave_files_end_it() {
    let repository = Repository::prepared("litter");
    let litters = format!("{TESTS}; touch left-behind");
    let mut command = repository.preflight();
    repository.aborts(
        command.env("TEST_COMMAND", litters),
        "not clean after the tests",
    );
}

#[test]
fn a_health_page_that_is_dead_or_refuses_ends_it() {
    let repository = Repository::prepared("dead");
    // Taken and given back: nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/health", free.local_addr().unwrap());
    drop(free);
    for health in [nobody, health_server("503 Service Unavailable", HEALTHY)] {
        let mut command = repository.preflight();
        repository.aborts(command.env("HEALTH_URL", health), "does not answer");
    }
}

#[test]
fn a_service_that_is_being_traced_ends_it() {
    let repository = Repository::prepared("traced");
    let health = health_server("200 OK", r#"{ "tracing_enabled" : true }"#);
    let mut command = repository.preflight();
    repository.aborts(command.env("HEALTH_URL", health), "tracing is on");
}

#[test]
fn tests_that_fail_end_it_by_their_status_or_by_their_words() {
    let repository = Repository::prepared("fails");
    for (tests, because) in [
        (format!("{TESTS}; exit 101"), "the tests fail in"),
        (
            format!("{TESTS}; echo 'test result: FAILED. 1 passed; 1 failed'"),
            "the tests fail, although",
        ),
    ] {
        let mut command = repository.preflight();
        repository.aborts(command.env("TEST_COMMAND", tests), because);
    }
}

#[test]
fn tests_that_pass_only_with_files_that_git_ignores_end_it() {
    let repository = Repository::prepared("ignored");
    repository.sh("mkdir target && touch target/here");
    let mut command = repository.preflight();
    let tests = format!("set -e; test -f target/here; {TESTS}");
    repository.aborts(command.env("TEST_COMMAND", tests), "-rehearsal-");
}

#[test]
fn fewer_tests_than_the_baseline_end_it() {
    let repository = Repository::prepared("fewer");
    let mut command = repository.preflight();
    let tests = "echo 'test result: ok. 4 passed; 0 failed; 1 ignored'";
    repository.aborts(
        command.env("TEST_COMMAND", tests),
        "4 tests pass in the work tree, fewer than the 5",
    );
}

#[test]
fn a_baseline_that_is_missing_or_no_number_ends_it() {
    let repository = Repository::prepared("baseline");
    for (file, because) in [
        ("nowhere.txt", "there is no nowhere.txt"),
        ("run-tests.sh", "does not hold a number"),
    ] {
        let mut command = repository.preflight();
        repository.aborts(command.env("BASELINE", file), because);
    }
}

#[test]
fn tracing_or_a_scope_that_is_on_ends_it_and_one_that_is_off_does_not() {
    let repository = Repository::prepared("switches");
    for (name, value) in [
        ("TRACING_ENABLED", "1"),
        ("TRACING_ENABLED", "true"),
        ("OBSERVED_PAYMENT_CARDS_ENABLED", "1"),
    ] {
        let mut command = repository.preflight();
        let because = format!("tracing must be off, here it is set: {name}={value}");
        repository.aborts(command.env(name, value), &because);
    }
    let mut command = repository.preflight();
    command.env("TRACING_ENABLED", "0");
    command.env("OBSERVED_GATES_ENABLED", "false");
    succeeded(&mut command);
}

#[test]
fn a_tag_that_exists_ends_it() {
    let repository = Repository::prepared("tag");
    repository.sh("git tag PRE-PHASE-1");
    repository.aborts(&mut repository.preflight(), "the tag PRE-PHASE-1 exists");
}

#[test]
fn a_phase_that_does_not_exist_ends_it() {
    let repository = Repository::prepared("phase");
    for phase in ["", "7", "-2", "one"] {
        let mut command = repository.preflight();
        repository.aborts(command.env("PHASE", phase), "PHASE is -1 to 6");
    }
}

#[test]
fn a_bundle_that_lost_its_last_bytes_ends_it() {
    let repository = Repository::prepared("bundle");
    let programs = repository.folder.join("bin");
    fs::create_dir(&programs).unwrap();
    // A `git` as on a disk that is full: the bundle lacks its end, and nobody says so.
    let git = r#"#!/bin/sh
        PATH=$HONEST_PATH
        git "$@" || exit
        if [ "$1 $2" = "bundle create" ]; then
          head -c "$(($(wc -c <"$4") - 8))" "$4" >"$4.cut"
          mv "$4.cut" "$4"
        fi
    "#;
    fs::write(programs.join("git"), git).unwrap();
    fs::set_permissions(programs.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let honest = std::env::var("PATH").unwrap();
    let mut command = repository.preflight();
    command.env("PATH", format!("{}:{honest}", programs.display()));
    repository.aborts(command.env("HONEST_PATH", honest), "cannot be cloned");
}

#[test]
fn a_backup_inside_of_what_it_backs_up_ends_it() {
    let repository = Repository::prepared("inside");
    let mut command = repository.preflight();
    repository.aborts(command.env("BACKUP_DIR", "backup"), "the backup is inside");
}

#[test]
fn a_rehearsal_reverts_what_was_committed_since_the_tag_and_leaves_everything_as_it_was() {
    let repository = Repository::prepared("rehearsal");
    let rehearsal = || {
        let mut command = repository.command("sh deploy/preflight.sh --rehearse");
        command.env("PHASE", "1");
        command
    };
    repository.aborts(&mut rehearsal(), "there is no tag PRE-PHASE-1");
    repository.sh("git tag PRE-PHASE-1");
    repository.aborts(&mut rehearsal(), "nothing was committed");
    repository.write("src/lib.rs", "//! A shop, traced.\n");
    repository.sh("git commit --quiet --all --message 'Traced'");
    let head = repository.sh("git rev-parse HEAD");
    let said = succeeded(&mut rehearsal());
    assert!(said.contains("gives the files of PRE-PHASE-1"), "{said}");
    assert!(said.contains("5 tests pass after the revert"), "{said}");
    assert_eq!(repository.sh("git rev-parse HEAD"), head);
    assert_eq!(repository.sh("git status --porcelain"), "");
    assert_eq!(repository.sh("git worktree list").lines().count(), 1);
    // The old files do not pass: the phase cannot be taken back.
    let mut command = rehearsal();
    let tests = format!("set -e; grep -q traced src/lib.rs; {TESTS}");
    repository.aborts(command.env("TEST_COMMAND", tests), "the tests fail in");
}
