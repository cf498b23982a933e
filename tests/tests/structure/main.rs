//! The plan of the crates, held: no circle of files, no room that names one above it.

mod circles;
mod languages;
mod links;
mod modules;
mod promises;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

use modules::Modules;

/// The rooms of `observed-runtime`, the highest floor first: a room names rooms of its own line and below.
const RUNTIME: &[&[&str]] = &[
    &["lib", "private", "testing"],
    &["metrics"],
    &["lifecycle"],
    &["export"],
    &["status"],
    &["span", "context"],
    &["thread", "carried"],
    &["pipeline"],
    &["bridge"],
    &["record"],
    &["config"],
    &["sampling"],
    &["identity"],
    &["value", "policy"],
    &[
        "deadline",
        "fork",
        "logging",
        "panics",
        "propagates",
        "switch",
        "sync",
    ],
];

/// The rooms of `demo-backend`, without those of its program.
const DEMO: &[&[&str]] = &[
    &["lib"],
    &["tour"],
    &["server"],
    &["router"],
    &["entry"],
    &["state"],
    &["gates", "pipeline"],
    &["executors"],
    &["audit"],
    &["request", "outcome"],
    &["store", "rules"],
    &["digest", "limits", "lock", "registry"],
];

/// The rooms of `observed-syntax`.
const SYNTAX: &[&[&str]] = &[
    &["lib"],
    &["derive"],
    &["validate"],
    &["fingerprint"],
    &["model"],
    &["parse"],
    &["body"],
    &["function"],
    &["marks"],
    &["async_trait", "bindings"],
    &[
        "conventions",
        "diagnostics",
        "dictionary",
        "hash",
        "patterns",
        "routes",
        "rule",
        "shape",
        "tokens",
        "words",
    ],
];

/// The rooms of `cargo-observed`.
const COMMAND: &[&[&str]] = &[
    &["lib"],
    &["command"],
    &["output", "show"],
    &["rules"],
    &["survey"],
    &["lists"],
    &["lock"],
    &["people"],
    &["source"],
    &["modules", "packages"],
    &["git", "trace"],
    &["site"],
    &["catalogue", "cli", "day", "exit", "failure", "place"],
];

/// The rooms of `observed-viewer`.
const VIEWER: &[&[&str]] = &[
    &["lib"],
    &["server"],
    &["answer"],
    &["page", "traces"],
    &["data", "note"],
];

/// The rooms of `observed-tracing`.
const TRACING: &[&[&str]] = &[
    &["lib"],
    &["layer", "log_lines"],
    &["fields", "only", "state"],
    &["entered", "list"],
];

fn source(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(of)
        .join("src/lib.rs")
}

fn holds(of: &str, floors: &[&[&str]]) {
    let arrows = Modules::read(&source(of)).arrows();
    let circles = circles::circles(&arrows);
    assert!(circles.is_empty(), "circles of files in {of}: {circles:#?}");
    let upward = circles::upward(&arrows, floors);
    assert!(upward.is_empty(), "arrows that run up in {of}: {upward:#?}");
}

#[test]
fn no_room_of_the_runtime_names_one_above_it_and_no_files_form_a_circle() {
    holds("observed-runtime", RUNTIME);
}

#[test]
fn no_room_of_the_demo_names_one_above_it_and_no_files_form_a_circle() {
    holds("demo-backend", DEMO);
}

#[test]
fn the_files_of_the_demos_program_form_no_circle() {
    let program = source("demo-backend").with_file_name("main.rs");
    let circles = circles::circles(&Modules::read(&program).arrows());
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn no_room_of_the_grammar_names_one_above_it_and_no_files_form_a_circle() {
    holds("observed-syntax", SYNTAX);
}

#[test]
fn no_room_of_the_command_names_one_above_it_and_no_files_form_a_circle() {
    holds("cargo-observed", COMMAND);
}

#[test]
fn no_room_of_the_bridge_to_tracing_names_one_above_it_and_no_files_form_a_circle() {
    holds("observed-tracing", TRACING);
}

#[test]
fn no_room_of_the_viewer_names_one_above_it_and_no_files_form_a_circle() {
    holds("observed-viewer", VIEWER);
}

#[test]
fn the_files_of_the_macros_form_no_circle() {
    holds("observed-macros", &[&["lib"], &["expand", "reference"]]);
}

#[test]
fn every_file_of_a_crate_is_found() {
    for crate_name in [
        "observed-runtime",
        "observed-syntax",
        "observed-macros",
        "observed-tracing",
        "observed-viewer",
        "demo-backend",
        "cargo-observed",
    ] {
        let root = source(crate_name);
        let folder = root.parent().unwrap();
        let mut found = Modules::read(&root).files();
        let program = folder.join("main.rs");
        if program.exists() {
            found.extend(Modules::read(&program).files());
        }
        let declared_for_tests = Modules::read_with_tests(&root).files();
        found.extend(declared_for_tests);
        let mut all = Vec::new();
        collect(folder, &mut all);
        for file in all {
            let path = file.strip_prefix(folder).unwrap();
            assert!(
                found.contains(path),
                "{crate_name}: {path:?} is reached by no `mod`"
            );
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
