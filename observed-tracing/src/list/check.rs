//! The rules that a list meets: those of annotations, for what no annotation names.

use std::collections::HashSet;
use std::fmt::Display;

use observed_syntax::shape::{MAX_LENGTH, has_shape, one_entity};
use observed_syntax::{dictionary, patterns};

use super::listed::{Field, Kind, Listed};
use super::mistake::{Mistake, Mistakes};

pub(super) fn check(entries: &[Listed]) -> Result<(), Mistakes> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for entry in entries {
        let mut report = Report {
            entry,
            found: &mut found,
        };
        if !seen.insert((entry.is_span, &entry.target, &entry.name)) {
            report.at(None, "listed twice; put its fields into one entry");
        }
        names(entry, &mut report);
        fields(entry, &mut report);
        reasons(entry, &mut report);
    }
    Mistakes::none_or(found)
}

/// What is wrong with one entry.
struct Report<'a> {
    entry: &'a Listed,
    found: &'a mut Vec<Mistake>,
}

impl Report<'_> {
    fn at(&mut self, line: Option<usize>, text: impl Display) {
        self.found.push(Mistake {
            line: line.or(self.entry.line),
            text: format!("{}: {text}", self.entry.described()),
        });
    }
}

fn names(entry: &Listed, report: &mut Report<'_>) {
    if entry.target.is_empty() {
        report.at(
            None,
            "`target` is empty; write the library's, such as \"sqlx::query\"",
        );
    }
    if let Some(text) = wrong_name(entry) {
        report.at(None, text);
    }
    let scope = &entry.scope;
    if !scope.is_empty() && !is_name(scope) {
        let expected = "lower-case words joined by `.` or `_`";
        report.at(None, format_args!("scope {scope:?} must be {expected}"));
    }
}

fn fields(entry: &Listed, report: &mut Report<'_>) {
    let mut keys = HashSet::new();
    for field in &entry.fields {
        let key = &field.key;
        if !keys.insert(key) {
            let text = format_args!("field `{key}` is listed twice; it leaves as one kind");
            report.at(field.line, text);
        }
        if let Some(text) = wrong_key(field, entry.reason(key)) {
            report.at(field.line, text);
        }
    }
}

fn reasons(entry: &Listed, report: &mut Report<'_>) {
    for (key, reason) in &entry.reasons {
        if !entry.fields.iter().any(|field| field.key == *key) {
            let remedy = "list the field or remove the reason";
            report.at(
                None,
                format_args!("`not_pii` for `{key}`, which is not listed; {remedy}"),
            );
        }
        if reason.trim().is_empty() {
            let remedy = "write why it is no personal data";
            report.at(
                None,
                format_args!("`not_pii` for `{key}` gives no reason; {remedy}"),
            );
        }
    }
}

fn is_name(name: &str) -> bool {
    has_shape(name) && name.len() <= MAX_LENGTH
}

/// R3, of the name under which it leaves.
fn wrong_name(entry: &Listed) -> Option<String> {
    let how = if entry.exported.is_none() {
        "`as` gives it one, in code `.named(...)`, such as \"h2_connection\""
    } else {
        "such as \"h2_connection\""
    };
    let name = entry.exported();
    if entry.exported.is_none() && !entry.is_span {
        return Some(format!("needs a name under which it leaves: {how}"));
    }
    if !is_name(name) {
        return Some(format!(
            "{name:?} is no name under which it can leave: lower-case words joined by `.` or `_`, at most {MAX_LENGTH} \
             characters; {how}"
        ));
    }
    let part = one_entity(name)?;
    Some(format!(
        "name {name:?} contains {part:?}, which looks like a number or identifier of one entity; {how}"
    ))
}

/// R3 and R10, of a key.
fn wrong_key(field: &Field, reason: Option<&str>) -> Option<String> {
    let Field { key, kind, .. } = field;
    if !is_name(key) {
        return Some(format!(
            "field {key:?} cannot be a key: lower-case words joined by `.` or `_`, at most {MAX_LENGTH} characters; leave \
             it out"
        ));
    }
    if let Some(pattern) = patterns::find(key, "") {
        let pattern = pattern.name();
        return Some(format!(
            "field `{key}` looks like an instance of: {pattern}; leave it out"
        ));
    }
    let hit = dictionary::find(key).filter(|hit| reason.is_none() && !may_leave(hit, *kind))?;
    let as_what = match kind {
        Kind::Number => "a number",
        Kind::Flag => "a flag",
        Kind::Public => "a text",
    };
    Some(format!(
        "field `{key}` stands for {} ({:?} in the dictionary), and {as_what} under that name may be it; leave it out, or say \
         why it is none: `not_pii`",
        hit.group, hit.words
    ))
}

/// As for the type of an annotation's value.
fn may_leave(hit: &dictionary::Hit, kind: Kind) -> bool {
    let says_little = hit.is_vague() || hit.is_text();
    match kind {
        Kind::Public => false,
        Kind::Flag => says_little || !hit.is_special(),
        Kind::Number => says_little || hit.is_measured,
    }
}
