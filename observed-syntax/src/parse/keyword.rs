//! The names of the arguments, in one place, and the nearest one to a misspelt word.

pub(super) const NAME: &str = "name";
pub(super) const ATTRS: &str = "attrs";
pub(super) const KIND: &str = "kind";
pub(super) const ERR: &str = "err";
pub(super) const PARENT: &str = "parent";

pub(super) const ALL: &[&str] = &[NAME, ATTRS, KIND, ERR, PARENT];

/// The argument that `word` was probably meant to be: at most two edits away.
pub(super) fn nearest(word: &str, among: &[&'static str]) -> Option<&'static str> {
    among
        .iter()
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance over bytes; the words compared are ASCII and short.
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
        assert_eq!(nearest("nmae", ALL), Some(NAME));
        assert_eq!(nearest("attr", ALL), Some(ATTRS));
        assert_eq!(nearest("knd", ALL), Some(KIND));
    }

    #[test]
    fn a_word_of_another_library_suggests_nothing() {
        assert_eq!(nearest("skip_all", ALL), None);
        assert_eq!(nearest("level", ALL), None);
    }
}
