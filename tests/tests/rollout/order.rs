//! The phases begin in order, each from what can be built again, and none before the one before it was fast enough.

use crate::repository::{Repository, succeeded};

#[test]
fn a_phase_before_which_another_is_missing_ends_it() {
    let repository = Repository::prepared("order");
    for phase in ["2", "5"] {
        let because = format!("comes before phase {phase}");
        repository.aborts(repository.preflight().env("PHASE", phase), &because);
    }
    repository.sh("git tag --delete PRE-PHASE-0");
    repository.aborts(&mut repository.preflight(), "no tag PRE-PHASE-0");
}

#[test]
fn a_tag_on_another_branch_is_not_the_phase_before() {
    let repository = Repository::prepared("branch");
    repository.sh("git tag --delete PRE-PHASE-0 && git switch --quiet --create beside");
    repository.sh("git commit --quiet --allow-empty --message Beside && git tag PRE-PHASE-0");
    repository.sh("git switch --quiet -");
    repository.aborts(
        &mut repository.preflight(),
        "no tag PRE-PHASE-0 behind HEAD",
    );
}

#[test]
fn a_lock_file_that_is_not_committed_ends_it() {
    let repository = Repository::prepared("lock");
    repository.sh("git rm --quiet --cached Cargo.lock && echo Cargo.lock >>.gitignore");
    repository.sh("git commit --quiet --all --message 'Without its lock'");
    repository.aborts(&mut repository.preflight(), "Cargo.lock is not committed");
}

#[test]
fn a_phase_before_that_grew_by_five_percent_or_was_not_measured_ends_it() {
    let repository = Repository::prepared("slow");
    for (times, because) in [
        (
            "0 before 0.100\n0 after 0.105\n",
            "P95 of phase 0 grew by 5.0 %",
        ),
        ("0 before 0.100\n", "lacks P95 of phase 0"),
        ("0 after 0.100\n", "lacks P95 of phase 0"),
        // Another phase's numbers do not count.
        ("10 before 0.1\n-0 after 0.1\n", "lacks P95 of phase 0"),
    ] {
        repository.write("tracing-p95.txt", times);
        repository.sh("git commit --quiet --all --message Times");
        repository.aborts(&mut repository.preflight(), because);
    }
    repository.write("tracing-p95.txt", "0 before 0.100\n0 after 0.1049\n");
    repository.sh("git commit --quiet --all --message Times");
    let said = succeeded(&mut repository.preflight());
    assert!(said.contains("4.9 %"), "{said}");
}
