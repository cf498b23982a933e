//! Words of the dictionary that are written together with others: `useremail`, `cardnum`, `ipaddr`.

use super::entry::any_singular;
use super::{Dictionary, Hit};

/// Shorter words of the dictionary are parts of too many others.
const SHORTEST: usize = 3;

impl Dictionary {
    /// Two words written as one, of which the other is a qualifier or belongs to the entry too.
    pub(super) fn find_in_joined(&self, words: &[String]) -> Option<Hit> {
        words.iter().enumerate().find_map(|(at, word)| {
            if any_singular(word, |word| self.entries.begin_with(word)) {
                // What is a word of its own is not two.
                return None;
            }
            let last = word.len().saturating_sub(1);
            let mut splits = (2..last).filter(|split| word.is_char_boundary(*split));
            splits.find_map(|split| {
                let (first, second) = word.split_at(split);
                if !self.may_be_joined(first, second) {
                    return None;
                }
                let parts = [first.to_owned(), second.to_owned()];
                let both = [&words[..at], &parts, &words[at + 1..]].concat();
                self.find_at(&both, at)
                    .filter(|hit| hit.words.contains(' ') || self.is_qualified(hit, second))
                    .or_else(|| {
                        self.find_at(&both, at + 1)
                            .filter(|hit| self.is_qualified(hit, first))
                    })
            })
        })
    }

    /// Answers for most words that they are one, without taking memory: a macro asks this of every name.
    fn may_be_joined(&self, first: &str, second: &str) -> bool {
        let begins_an_entry =
            |word: &str| any_singular(word, |singular| self.entries.begin_with(singular));
        match (
            self.qualifiers.contains(first),
            self.qualifiers.contains(second),
        ) {
            (true, true) => true,
            (true, false) => begins_an_entry(second) || self.entries.begin_with(first),
            (false, true) => begins_an_entry(first),
            (false, false) => {
                any_singular(first, |first| self.entries.begin_with_both(first, second))
            }
        }
    }

    fn is_qualified(&self, hit: &Hit, beside: &str) -> bool {
        hit.words.len() >= SHORTEST && self.qualifiers.contains(beside)
    }
}
