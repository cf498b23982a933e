//! What the documents on privacy promise has tests, which are there.

use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: &[&str] = &[
    "docs/privacy.md",
    "docs/privacy.pt-BR.md",
    "docs/firewall.md",
    "docs/privacy-limits.md",
];

/// Words of a promise.
const ABSOLUTE: &[&str] = &["never", "always", "nunca", "sempre"];

#[test]
fn every_promise_of_the_documents_on_privacy_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = sources(&root);
    let mut promises = 0;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).unwrap();
        for line in text.lines().filter(|line| is_absolute(line)) {
            let tests = tests_of(line);
            assert!(!tests.is_empty(), "{document}: no test beside: {line}");
            for test in tests {
                assert!(
                    is_there(&root, &sources, test),
                    "{document}: no test {test}"
                );
            }
            promises += 1;
        }
    }
    assert!(promises > 20, "only {promises} promises were found");
}

fn is_absolute(line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic())
        .any(|word| ABSOLUTE.contains(&word.to_lowercase().as_str()))
}

/// What the last cell of a row has in code.
fn tests_of(line: &str) -> Vec<&str> {
    let cells = line.trim_end_matches([' ', '|']).rsplit(" | ");
    let last = cells.take(1).flat_map(|cell| cell.split('`'));
    last.skip(1)
        .step_by(2)
        .filter(|code| code.contains("::") || code.starts_with("ui/"))
        .collect()
}

/// A case of the compiler by its path, a function by the name of its file and its own.
fn is_there(root: &Path, sources: &[(PathBuf, String)], test: &str) -> bool {
    if let Some(case) = test.strip_prefix("ui/") {
        let path = root.join("tests/tests/ui").join(case);
        return path.with_extension("rs").exists() && path.with_extension("stderr").exists();
    }
    let (file, function) = test.split_once("::").unwrap_or_default();
    let declared = format!("#[test]\nfn {function}()");
    sources.iter().any(|(path, text)| {
        let is_file = path.file_stem().is_some_and(|stem| stem == file);
        let unindented: Vec<&str> = text.lines().map(str::trim_start).collect();
        is_file && unindented.join("\n").contains(&declared)
    })
}

fn sources(root: &Path) -> Vec<(PathBuf, String)> {
    let folders = [
        "tests/tests",
        "observed-runtime/src",
        "observed-tracing/tests",
    ];
    let mut folders = folders.map(|folder| root.join(folder)).to_vec();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                sources.push((path, text));
            }
        }
    }
    sources
}
