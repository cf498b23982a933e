//! The fingerprint that a macro computes from the compiler's tokens is the one that is read from the sources.
//!
//! Macros that print stand in place of the toolkit's; the compiler expands the annotations of the UI cases that pass, and of
//! the demo. What else it says of that code does not matter: macros are expanded before types are known.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fingerprints")
}

/// What the macros print, sorted.
fn expanded() -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let printed = folder.join("fingerprints.txt");
    // There is none before the first time.
    let _ = fs::remove_file(&printed);
    // Or cargo would not expand it again. The other test reads it meanwhile, so it is not written.
    let touched = fs::File::open(fixture().join("cases/src/lib.rs")).unwrap();
    touched.set_modified(SystemTime::now()).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--package", "cases", "--locked"])
        .current_dir(fixture())
        .env("CARGO_TARGET_DIR", folder.join("fingerprints"))
        .env("FINGERPRINTS", &printed)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    sorted(&fs::read_to_string(printed).unwrap_or_else(|error| panic!("{error}: {said}")))
}

/// What is read from the sources, sorted.
fn read() -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-observed"))
        .args(["observed", "list", "--format", "json", "--locked"])
        .current_dir(fixture())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).expect(&said);
    let sites = list["sites"].as_array().unwrap().iter();
    let line = |site: &serde_json::Value| {
        format!(
            "{} {}\n",
            site["name"].as_str().unwrap(),
            site["fingerprint"].as_str().unwrap()
        )
    };
    sorted(&sites.map(line).collect::<String>())
}

fn sorted(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn the_macro_and_the_reader_compute_the_same_for_every_site() {
    let (expanded, read) = (expanded(), read());
    assert_eq!(expanded, read);
    assert!(expanded.len() >= 86, "only {} sites", expanded.len());
}

#[test]
fn every_case_that_compiles_is_among_them() {
    let cases = fs::read_to_string(fixture().join("cases/src/lib.rs")).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tests/ui_pass");
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(cases.contains(&format!("ui_pass/{name}\"")), "{name}");
    }
}
