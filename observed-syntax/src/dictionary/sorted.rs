//! The lists of the dictionary in memory: sorted, and read no further than is needed to find a line.
//!
//! Every build of a crate with an annotation makes them once, in a macro that is not optimised, and asks for few lines.

use super::entry::Entry;

/// The lines of a list that are not its comments.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Words that stand alone.
pub(super) struct Words(Vec<&'static str>);

impl Words {
    pub(super) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut words: Vec<&str> = words.collect();
        words.sort_unstable();
        Self(words)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }
}

/// The entries of all groups by their first word, in the order written where that is the same.
pub(super) struct Lines(Vec<Line>);

struct Line {
    first: &'static str,
    text: &'static str,
    group: &'static str,
}

impl Lines {
    pub(super) fn of(groups: &[(&'static str, &'static str)]) -> Self {
        let of_group = |(group, text): &(&'static str, &'static str)| {
            let group = *group;
            lines(text).map(move |text| Line {
                first: word_of(text).0,
                text,
                group,
            })
        };
        let mut all: Vec<Line> = groups.iter().flat_map(of_group).collect();
        all.sort_by_key(|line| line.first);
        Self(all)
    }

    /// The second words of all entries that have one.
    pub(super) fn seconds(&self) -> impl Iterator<Item = &'static str> {
        let seconds = self.0.iter().map(|line| word_of(word_of(line.text).1).0);
        seconds.filter(|second| !second.is_empty())
    }

    pub(super) fn begin_with(&self, word: &str) -> bool {
        self.0
            .binary_search_by_key(&word, |line| line.first)
            .is_ok()
    }

    pub(super) fn that_begin_with(&self, word: &str) -> impl Iterator<Item = Entry> {
        let begin = self.0.partition_point(|line| line.first < word);
        let lines = self.0.get(begin..).unwrap_or_default().iter();
        lines
            .take_while(move |line| line.first == word)
            .map(|line| Entry::read(line.text, line.group))
    }
}

/// The first word of an entry, and the rest; no word where its own have ended.
fn word_of(text: &'static str) -> (&'static str, &'static str) {
    let is_sign = |byte: &u8| matches!(byte, b' ' | b'~' | b'+' | b'^');
    let begin = text.bytes().take_while(|byte| is_sign(byte)).count();
    let rest = text.get(begin..).unwrap_or_default();
    let is_end = |byte: &u8| matches!(byte, b' ' | b'<' | b'>' | b'$');
    let end = rest.bytes().take_while(|byte| !is_end(byte)).count();
    rest.split_at_checked(end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_begin_alike_keep_their_order() {
        let all = Lines::of(&[("a", "# a\nname x\n~ name\n"), ("b", "name > y\nmail\n")]);
        let found = all.that_begin_with("name");
        let found: Vec<_> = found.map(|entry| (entry.group, entry.words)).collect();
        assert_eq!(
            found,
            [
                ("a", vec!["name", "x"]),
                ("a", vec!["name"]),
                ("b", vec!["name"])
            ]
        );
    }
}
