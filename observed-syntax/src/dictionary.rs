//! R10: the words of personal data and credentials, in English and Portuguese, by word and not by substring.

mod drawers;
mod entry;
mod hit;
mod joined;
mod piece;
mod selected;

use std::sync::OnceLock;

use drawers::{Lines, Words, lines};
use entry::{Entry, any_singular};
use hit::{CONVENTIONS, SPECIAL};
pub use hit::{Hit, Reach};
pub use selected::find_selected;

use crate::words;

/// The groups, each with its source in its first line.
const GROUPS: &[(&str, &str)] = &[
    ("credential", include_str!("../dictionary/credentials.txt")),
    ("identity", include_str!("../dictionary/identity.txt")),
    ("contact data", include_str!("../dictionary/contact.txt")),
    (SPECIAL, include_str!("../dictionary/sensitive.txt")),
    ("payment data", include_str!("../dictionary/payment.txt")),
    (
        CONVENTIONS,
        include_str!("../dictionary/semantic_conventions.txt"),
    ),
];

const COMPANIONS: &str = include_str!("../dictionary/companions.txt");
const PIECES: &str = include_str!("../dictionary/pieces.txt");
const TIMES: &str = include_str!("../dictionary/times.txt");

const MEASURES: &str = include_str!("../dictionary/measures.txt");

struct Dictionary {
    entries: Lines,
    companions: Words,
    /// Those that clear everything but a text.
    pieces: Words,
    measures: Words,
    times: Words,
    qualifiers: Words,
}

/// Finds the first words of `name` that stand for personal data or a credential.
///
/// ```
/// use observed_syntax::dictionary::find;
///
/// assert!(find("customer.email").is_some());
/// assert!(find("senhaDoUsuario").is_some());
/// assert!(find("author").is_none());
/// assert!(find("email_template_id").is_none());
/// ```
#[must_use]
pub fn find(name: &str) -> Option<Hit> {
    let dictionary = Dictionary::get();
    let words = words::of(name);
    dictionary
        .find_in(&words)
        .or_else(|| dictionary.find_in_joined(&words))
        .or_else(|| dictionary.find_piece(&words))
}

/// Finds words at the end of a type's name: `WorkEmail` is an email, `EmailQueue` is a queue.
///
/// A type that says only that it is a URL is none of personal data: the conventions warn of keys.
///
/// ```
/// use observed_syntax::dictionary::find_at_end;
///
/// assert!(find_at_end("WorkEmail").is_some());
/// assert!(find_at_end("ResetUrl").is_some());
/// assert!(find_at_end("Url").is_none());
/// ```
#[must_use]
pub fn find_at_end(name: &str) -> Option<Hit> {
    let only_says = |hit: &Hit| {
        hit.group == CONVENTIONS && (hit.words.ends_with("url") || hit.words.ends_with("uri"))
    };
    let dictionary = Dictionary::get();
    let words = words::of(name);
    (0..words.len()).find_map(|at| {
        let hit = dictionary.find_at(&words, at)?;
        let is_at_end = at + hit.words.split(' ').count() == words.len();
        (is_at_end && !only_says(&hit)).then_some(hit)
    })
}

/// Whether a key says that a number is a measure: `size_bytes`, `timeout_ns`.
#[must_use]
pub fn is_measure(key: &str) -> bool {
    let measures = &Dictionary::get().measures;
    let words = words::of(key);
    words.iter().any(|word| measures.contains(word))
}

/// The words of measures that are units of time, and `age`.
const UNITS_OF_TIME: &[&str] = &[
    "ns", "us", "ms", "s", "sec", "secs", "seconds", "minutes", "hours", "days", "age", "elapsed",
    "duration", "segundos", "minutos", "dias",
];

/// Words that are written together with those of the dictionary: `useremail`, `cardnum`, `ipaddr`.
const QUALIFIERS: &str = include_str!("../dictionary/qualifiers.txt");

impl Dictionary {
    fn get() -> &'static Self {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        DICTIONARY.get_or_init(Self::read)
    }

    fn read() -> Self {
        Self {
            entries: Lines::of(GROUPS),
            companions: Words::of(lines(COMPANIONS).chain(lines(PIECES))),
            pieces: Words::of(lines(PIECES)),
            times: Words::of(lines(TIMES)),
            measures: Words::of(lines(MEASURES).flat_map(str::split_whitespace)),
            qualifiers: Words::of(lines(QUALIFIERS).flat_map(str::split_whitespace)),
        }
    }

    fn find_in(&self, words: &[String]) -> Option<Hit> {
        (0..words.len()).find_map(|at| self.find_at(words, at))
    }

    fn find_at(&self, words: &[String], at: usize) -> Option<Hit> {
        let mut found = None;
        any_singular(&words[at], |word| {
            let mut entries = self.entries.that_begin_with(word);
            found = entries.find(|entry| entry.is_at(words, at) && !self.is_safe(entry, words, at));
            found.is_some()
        });
        found.map(|entry| self.hit(&entry, words, at))
    }

    fn hit(&self, entry: &Entry, words: &[String], at: usize) -> Hit {
        let is_time = entry.words.iter().any(|word| self.times.contains(word));
        // A unit of time after an age does not make it another measure.
        let measures = |word: &String| {
            self.measures.contains(word) && !(is_time && UNITS_OF_TIME.contains(&word.as_str()))
        };
        Hit {
            words: entry.words.join(" "),
            group: entry.group,
            reach: entry.reach(),
            is_time,
            is_measured: entry.is_measured()
                || words[at + entry.words.len()..].iter().any(measures),
        }
    }

    /// A companion next to the entry says that it is not the data itself.
    fn is_safe(&self, entry: &Entry, words: &[String], at: usize) -> bool {
        let after = words.get(at + entry.words.len());
        after.is_some_and(|word| self.companions.contains(word)) || entry.is_safe(words, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_written_as_the_words_of_a_name_are_read() {
        for (group, text) in GROUPS {
            assert!(text.starts_with("# "), "{group} names no source");
            for line in lines(text) {
                let entry = Entry::read(line, group);
                let name = words::of(&entry.words.join("_"));
                assert!(entry.is_at(&name, 0), "`{line}` can never match");
                for word in entry.safe_after.iter().chain(&entry.safe_before) {
                    assert_eq!(words::of(word), [*word], "{line}");
                }
            }
        }
    }

    #[test]
    fn words_are_matched_whole_and_in_a_row() {
        for name in [
            "author",
            "tokenizer",
            "pinned",
            "spinner",
            "ragged",
            "compass",
            "name",
            "date",
            "birth_rate_chart",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
        for name in [
            "dateOfBirth",
            "date.of.birth",
            "user_emails",
            "client_ipv4_address",
            "Addresses",
            "x_cpf_y",
            "cvv2",
            "idfa",
        ] {
            assert!(find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_companion_counts_only_next_to_the_word() {
        for name in [
            "token_count",
            "email.template.id",
            "max_tokens",
            "passport_control_zone",
            "memory_address",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
        for name in ["count_token_value", "template_email", "address_memory"] {
            assert!(find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_line_is_found_by_the_words_that_it_is_read_as() {
        let all = Lines::of(GROUPS);
        for (group, text) in GROUPS {
            for line in lines(text) {
                assert_eq!(line.trim(), line);
                let entry = Entry::read(line, group);
                let first = entry.words[0];
                assert!(all.begin_with(first), "{line}");
                let mut found = all.that_begin_with(first);
                assert!(found.any(|found| found.words == entry.words), "{line}");
                if let Some(second) = entry.words.get(1) {
                    assert!(all.begin_with_both(first, second), "{line}");
                }
            }
        }
        assert!(!all.begin_with("price") && all.that_begin_with("price").next().is_none());
        assert!(!all.begin_with("passwor") && !all.begin_with("passwords"));
        assert!(!all.begin_with_both("date", "bir") && !all.begin_with_both("dat", "birth"));
    }
}
