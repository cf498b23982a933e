//! The keywords that introduce the arguments, and the nearest one to a misspelt name.

pub(super) const NAME: &str = "name";
pub(super) const ATTRS: &str = "attrs";
pub(super) const LATE: &str = "late";
pub(super) const KIND: &str = "kind";
pub(super) const ERR: &str = "err";
pub(super) const PARENT: &str = "parent";
pub(super) const ROOT: &str = "root";
pub(super) const LINKS: &str = "links";
pub(super) const SCOPE: &str = "scope";
pub(super) const FUTURE: &str = "future";
pub(super) const CRATE: &str = "crate";

/// What the attribute takes: everything.
pub(super) const OF_ATTRIBUTE: &[&str] = &[
    NAME, ATTRS, LATE, KIND, ERR, PARENT, ROOT, LINKS, SCOPE, FUTURE, CRATE,
];
/// What a block takes: it returns nothing, and its attributes are known where it stands.
pub(super) const OF_SPAN: &[&str] = &[NAME, ATTRS, KIND, PARENT, ROOT, LINKS, SCOPE, CRATE];
/// What an event takes: it belongs to the current span and has no duration.
pub(super) const OF_EVENT: &[&str] = &[NAME, ATTRS, CRATE];

/// Says what to do instead of an argument that other tracing libraries have.
pub(super) fn of_other_libraries(name: &str) -> Option<&'static str> {
    Some(match name {
        "skip" | "skip_all" => "nothing is recorded by default, so there is nothing to skip",
        "fields" | "properties" => "what is recorded is listed in `attrs(...)`",
        "level" => "there are no levels: whole traces are sampled, and parts switched by `scope`",
        "ret" => "a returned value is not recorded; set a late attribute",
        _ => return None,
    })
}

/// Finds the keyword that `name` was probably meant to be: at most two edits away.
pub(super) fn nearest(name: &str, among: &[&'static str]) -> Option<&'static str> {
    among
        .iter()
        .map(|candidate| (edit_distance(name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.len() - 1)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance over bytes; what is compared is ASCII and short.
fn edit_distance(from: &str, to: &str) -> usize {
    let to = to.as_bytes();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_argument_meant() {
        for (typed, meant) in [
            ("nmae", NAME),
            ("attr", ATTRS),
            ("knd", KIND),
            ("lnks", LINKS),
            ("scopes", SCOPE),
        ] {
            assert_eq!(nearest(typed, OF_ATTRIBUTE), Some(meant), "{typed}");
        }
    }

    #[test]
    fn an_argument_of_another_library_suggests_nothing() {
        for typed in ["skip_all", "level", "fields", "target", "properties"] {
            assert_eq!(nearest(typed, OF_ATTRIBUTE), None, "{typed}");
        }
    }
}
