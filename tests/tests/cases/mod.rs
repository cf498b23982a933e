//! The compile-fail cases as data: each says in its first line which rule it breaks, in its second the one change that
//! makes it pass.

mod program;
mod twin;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use program::check;
pub(crate) use twin::difference;

/// A compile-fail case.
pub(crate) struct Case {
    /// `folder/name`.
    pub(crate) name: String,
    /// The whole file.
    pub(crate) text: String,
    /// What its message must contain: the rule's identifier, or what the compiler says where the rule is the compiler's.
    pub(crate) sign: String,
    /// The file with its mistake mended.
    pub(crate) twin: String,
}

/// Folders whose cases are about the body of a function, where no rule of ours is broken.
const WITHOUT_RULES: &[&str] = &["body", "lints"];

/// The one case that shows several rules at once.
const SEVERAL_RULES: &str = "malformed/every_mistake_at_once";

/// Where the cases are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

/// Every file of the cases with this extension.
pub(crate) fn files(extension: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

/// Every case that breaks one rule.
pub(crate) fn all() -> Vec<Case> {
    let name = |file: &Path| {
        let name = file.strip_prefix(folder()).unwrap().with_extension("");
        name.to_string_lossy().into_owned()
    };
    let has_rule = |file: &&PathBuf| {
        let name = name(file);
        name != SEVERAL_RULES && !WITHOUT_RULES.iter().any(|folder| name.starts_with(folder))
    };
    let files = files("rs");
    let cases = files.iter().filter(has_rule);
    cases
        .map(|file| Case::read(name(file), &fs::read_to_string(file).unwrap()))
        .collect()
}

impl Case {
    fn read(name: String, text: &str) -> Self {
        let mut lines = text.splitn(3, '\n');
        let (first, second, rest) = (
            lines.next().unwrap(),
            lines.next().unwrap(),
            lines.next().unwrap(),
        );
        let rule = first
            .strip_prefix("//! ")
            .and_then(|line| line.split_once(": "));
        let (rule, _) =
            rule.unwrap_or_else(|| panic!("{name}: the first line names no rule: {first}"));
        let sign = match rule.split_once(" (") {
            Some((_, compiler)) => compiler.trim_end_matches(')').to_owned(),
            None => format!("[{rule}]"),
        };
        let change = second
            .strip_prefix("//! Passes: `")
            .and_then(|line| line.strip_suffix('`'));
        let change = change.and_then(|line| line.split_once("` -> `"));
        let (old, new) = change.unwrap_or_else(|| {
            panic!("{name}: the second line says not what would pass: {second}")
        });
        assert_eq!(
            rest.matches(old).count(),
            1,
            "{name}: `{old}` does not stand there once"
        );
        Self {
            twin: rest.replace(old, new),
            text: rest.to_owned(),
            sign,
            name,
        }
    }

    /// A name for a module.
    pub(crate) fn module(&self) -> String {
        self.name.replace(['/', '-'], "_")
    }

    /// What the compiler said of it when it was last looked at.
    pub(crate) fn message(&self) -> String {
        fs::read_to_string(folder().join(&self.name).with_extension("stderr")).unwrap()
    }
}
