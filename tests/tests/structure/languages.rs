//! The documents in Portuguese say what the English ones say: the same sections, commands, outputs and settings.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each document, and whether the Portuguese one is whole or has the first sections only.
const DOCUMENTS: &[(&str, bool)] = &[
    ("README", false),
    ("docs/RUNBOOK-TRACING", true),
    ("docs/ROLLOUT", true),
    ("docs/TRACING-TROUBLESHOOTING", true),
    ("docs/privacy", true),
];

/// What is under one heading.
#[derive(Debug, Default)]
struct Section {
    heading: String,
    level: usize,
    /// Fenced blocks, whole: what is typed and what is printed is the same in both languages.
    blocks: Vec<String>,
    /// Names of settings, in prose, tables and blocks.
    settings: BTreeSet<String>,
    /// Rows of tables, without their text.
    rows: usize,
}

fn sections(document: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_owned();
            let level = line.len() - line.trim_start_matches('#').len();
            sections.push(Section {
                heading,
                level,
                ..Section::default()
            });
        }
        let section = sections.last_mut().unwrap();
        section.settings.extend(settings(line));
        section.rows += usize::from(line.trim_start().starts_with('|'));
        if line.trim_start().starts_with("```") {
            let ends = |line: &&str| line.trim() != "```";
            let block: Vec<&str> = lines.by_ref().take_while(ends).map(str::trim).collect();
            let settings = block.iter().flat_map(|line| settings(line));
            section.settings.extend(settings);
            section.blocks.push(block.join("\n"));
        }
    }
    sections
}

/// The words of a line that are written as variables are: `TRACING_ENABLED`.
fn settings(line: &str) -> impl Iterator<Item = String> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let is_setting = |word: &&str| {
        let is_upper =
            |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        word.contains('_') && !word.starts_with('_') && word.bytes().all(is_upper)
    };
    words.filter(is_setting).map(str::to_owned)
}

/// What the two documents differ in; nothing where they are in step.
fn differences(english: &str, portuguese: &str, is_whole: bool) -> Vec<String> {
    let (english, portuguese) = (sections(english), sections(portuguese));
    let mut found = Vec::new();
    if is_whole && english.len() != portuguese.len() {
        found.push(format!(
            "{} sections, not {}",
            portuguese.len(),
            english.len()
        ));
    }
    for (theirs, ours) in english.iter().zip(&portuguese) {
        let place = format!("{:?} and {:?}", theirs.heading, ours.heading);
        if theirs.level != ours.level {
            found.push(format!("{place}: headings of other levels"));
        }
        if theirs.blocks != ours.blocks {
            found.push(format!(
                "{place}: other blocks: {:#?} {:#?}",
                theirs.blocks, ours.blocks
            ));
        }
        if theirs.rows != ours.rows {
            found.push(format!("{place}: {} and {} rows", theirs.rows, ours.rows));
        }
        let only = theirs.settings.symmetric_difference(&ours.settings);
        let only: Vec<&String> = only.collect();
        if !only.is_empty() {
            found.push(format!("{place}: in one language only: {only:?}"));
        }
    }
    found
}

#[test]
fn the_documents_in_portuguese_have_the_headings_commands_and_settings_of_the_english_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (document, is_whole) in DOCUMENTS {
        let read = |ending: &str| fs::read_to_string(root.join(format!("{document}{ending}")));
        let found = differences(
            &read(".md").unwrap(),
            &read(".pt-BR.md").unwrap(),
            *is_whole,
        );
        assert!(found.is_empty(), "{document}: {}", found.join("\n"));
    }
}

#[test]
fn another_command_heading_row_or_setting_is_a_difference_and_other_words_are_not() {
    let english = "# Off\n\nSet `TRACING_ENABLED=0`.\n\n| a |\n\n```\ncurl x\n```\n\n## On\n";
    let same =
        "# Desligar\n\n`TRACING_ENABLED=0`, pronto.\n\n| b |\n\n```\ncurl x\n```\n\n## Ligar\n";
    assert_eq!(differences(english, same, true), [""; 0]);
    for (from, to) in [
        ("curl x", "curl y"),
        ("## Ligar\n", ""),
        ("## Ligar", "### Ligar"),
        ("| b |", "b"),
        ("TRACING_ENABLED", "TRACING_ENABLE"),
    ] {
        let other = same.replace(from, to);
        assert_eq!(differences(english, &other, true).len(), 1, "{other}");
    }
    let first = same.replace("## Ligar\n", "");
    assert_eq!(differences(english, &first, false), [""; 0]);
}
