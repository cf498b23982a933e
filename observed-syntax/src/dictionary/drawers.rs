//! The lists of the dictionary in memory: in drawers, and read no further than is needed to find a line.
//!
//! Every build of a crate with an annotation makes them once, in a macro that is not optimised, and asks for few lines.

use super::entry::Entry;

/// The lines of a list that are not its comments.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !matches!(line.as_bytes().first(), None | Some(b'#')))
}

/// Words that stand alone.
pub(super) struct Words(Drawers<&'static str>);

impl Words {
    pub(super) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut drawers = Drawers::new();
        words.for_each(|word| drawers.put(word, word));
        Self(drawers)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.of(word).contains(&word)
    }
}

/// The entries of all groups by their first word, in the order written where that is the same.
pub(super) struct Lines(Drawers<Line>);

struct Line {
    text: &'static str,
    /// The text from its first word on.
    words: &'static str,
    group: &'static str,
}

impl Lines {
    pub(super) fn of(groups: &[(&'static str, &'static str)]) -> Self {
        let mut drawers = Drawers::new();
        for (group, text) in groups {
            lines(text).for_each(|text| {
                let words = without_signs(text);
                drawers.put(words, Line { text, words, group });
            });
        }
        Self(drawers)
    }

    pub(super) fn begin_with(&self, word: &str) -> bool {
        let mut lines = self.0.of(word).iter();
        lines.any(|line| after(line.words, word).is_some())
    }

    /// Whether the words begin an entry, one after the other.
    pub(super) fn begin_with_both(&self, first: &str, second: &str) -> bool {
        let mut lines = self.0.of(first).iter();
        lines.any(|line| after(line.words, first).is_some_and(|rest| after(rest, second).is_some()))
    }

    pub(super) fn that_begin_with(&self, word: &str) -> impl Iterator<Item = Entry> {
        let lines = self.0.of(word).iter();
        lines
            .filter(move |line| after(line.words, word).is_some())
            .map(|line| Entry::read(line.text, line.group))
    }
}

/// An entry without what stands before its first word.
fn without_signs(text: &'static str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'~' | b'+' | b'^') => text.trim_start_matches(['~', '+', '^', ' ']),
        _ => text,
    }
}

/// What stands behind the word, if the text begins with it.
fn after(text: &'static str, word: &str) -> Option<&'static str> {
    let rest = text.strip_prefix(word)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(' ')
    }
}

/// Things by a word, in the order put in.
///
/// The drawer of a word is told by its first letters: without optimisation that costs less than comparing words to sort them,
/// or looking for their ends, and the thousand or two that the dictionary has lie a few to a drawer.
struct Drawers<T>(Vec<Vec<T>>);

const DRAWERS: usize = 1024;
const LETTERS: usize = 4;

impl<T> Drawers<T> {
    fn new() -> Self {
        let mut drawers = Vec::new();
        drawers.resize_with(DRAWERS, Vec::new);
        Self(drawers)
    }

    /// Puts a thing into the drawer of the first word of `text`.
    fn put(&mut self, text: &str, thing: T) {
        if let Some(drawer) = self.0.get_mut(drawer_of(text)) {
            drawer.push(thing);
        }
    }

    fn of(&self, word: &str) -> &[T] {
        self.0.get(drawer_of(word)).map_or(&[], Vec::as_slice)
    }
}

fn drawer_of(text: &str) -> usize {
    let mut number = 0;
    for letter in text.as_bytes().iter().take(LETTERS) {
        if *letter == b' ' {
            break;
        }
        number = (number * 37 + usize::from(*letter)) % DRAWERS;
    }
    number
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
