//! A site, shown to a person: what leaves, with its source.

use std::fmt::Write;
use std::path::Path;

use crate::people::{self, People};
use crate::site::{Outcome, Recorded, Site};

/// Lines of the source that are shown at most.
const LINES: usize = 30;

/// Shows a site.
pub(crate) fn site(site: &Site, people: &People, root: &Path) -> String {
    let mut text = String::new();
    // A `String` takes whatever is written.
    let _ = writeln!(
        text,
        "{} `{}` in {} ({}:{}), {}",
        site.what.word(),
        site.name,
        site.path,
        site.place.file,
        site.place.line,
        people.standing(site).word()
    );
    let scope = site
        .scope
        .as_ref()
        .map(|scope| format!(", scope {scope}"))
        .unwrap_or_default();
    let err = match &site.err {
        Outcome::Code(code) => format!(", of an error {code}"),
        Outcome::TypeName => ", of an error its type's name".to_owned(),
        Outcome::Unrecorded => String::new(),
    };
    let links = if site.has_links { ", links" } else { "" };
    let _ = writeln!(
        text,
        "  kind {}{scope}{err}{links}, seal {}",
        site.kind,
        site.seal()
    );
    for cfg in &site.cfg {
        let _ = writeln!(text, "  only under cfg({cfg})");
    }
    for key in &site.keys {
        let _ = writeln!(text, "  {}", self::key(key));
    }
    if site.keys.is_empty() {
        text.push_str("  no attributes\n");
    }
    text.push_str(&source(site, root));
    text
}

fn key(key: &Recorded) -> String {
    let places: Vec<String> = key
        .places
        .iter()
        .map(|it| format!("{}:{}", it.file, it.line))
        .collect();
    format!(
        "{}: {}, {} ({})",
        key.key,
        key.ty,
        key.classes(),
        places.join(", ")
    )
}

/// The annotation, from its first line to the signature's; nothing where no source shows it.
fn source(site: &Site, root: &Path) -> String {
    if site.place.file == people::FILE {
        return String::new();
    }
    let text = std::fs::read_to_string(root.join(&site.place.file)).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let at = site.place.line.saturating_sub(1).min(lines.len());
    let begins =
        |line: &&str| line.contains("#[") || line.contains("_span!") || line.contains("_event!");
    let first = lines[..=at.min(lines.len().saturating_sub(1))]
        .iter()
        .rposition(begins)
        .unwrap_or(at);
    let mut shown = String::new();
    for (number, line) in lines.iter().enumerate().skip(first).take(LINES) {
        let _ = writeln!(shown, "{:>6} | {line}", number + 1);
        let is_signature = line.contains("fn ") || line.trim_end().ends_with(';');
        if number >= at && is_signature {
            break;
        }
    }
    shown
}
