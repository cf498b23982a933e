//! `docs/requirements.md`, read.

use std::collections::BTreeSet;
use std::path::Path;

/// The keys that a requirement writes in code: words with a dot between them.
///
/// # Panics
/// When the file or the requirement is not there.
#[must_use]
pub fn keys_named_in(requirement: &str) -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/requirements.md");
    let text = std::fs::read_to_string(file).unwrap();
    let begin = format!("| {requirement} |");
    let row = text.lines().find(|line| line.starts_with(&begin)).unwrap();
    let is_key = |text: &&str| {
        let mut words = text.split('.');
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        text.contains('.') && words.all(is_word)
    };
    let code = row.split('`').skip(1).step_by(2);
    code.filter(is_key).map(str::to_owned).collect()
}
