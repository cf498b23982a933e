//! R10: the words of personal data and credentials, in English and Portuguese, by word and not by substring.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::words;

/// The groups, each with its source in its first line.
const GROUPS: &[(&str, &str)] = &[
    ("credential", include_str!("../dictionary/credentials.txt")),
    ("identity", include_str!("../dictionary/identity.txt")),
    ("contact data", include_str!("../dictionary/contact.txt")),
    (
        "sensitive personal data",
        include_str!("../dictionary/sensitive.txt"),
    ),
    ("payment data", include_str!("../dictionary/payment.txt")),
    (
        "data that the semantic conventions warn of",
        include_str!("../dictionary/semantic_conventions.txt"),
    ),
];

const COMPANIONS: &str = include_str!("../dictionary/companions.txt");

/// A word of the dictionary, found in a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The words as the dictionary has them.
    pub words: String,
    /// What they stand for.
    pub group: &'static str,
}

struct Entry {
    words: Vec<&'static str>,
    group: &'static str,
    safe_before: Vec<&'static str>,
    safe_after: Vec<&'static str>,
}

struct Dictionary {
    by_first_word: HashMap<&'static str, Vec<Entry>>,
    companions: HashSet<&'static str>,
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
    (0..words.len()).find_map(|at| dictionary.find_at(&words, at))
}

impl Dictionary {
    fn get() -> &'static Self {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        DICTIONARY.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut by_first_word: HashMap<&'static str, Vec<Entry>> = HashMap::new();
        for (group, text) in GROUPS {
            for entry in lines(text).map(|line| Entry::read(line, group)) {
                if let Some(first) = entry.words.first() {
                    by_first_word.entry(first).or_default().push(entry);
                }
            }
        }
        Self {
            by_first_word,
            companions: lines(COMPANIONS).collect(),
        }
    }

    fn find_at(&self, words: &[String], at: usize) -> Option<Hit> {
        let first = singulars(&words[at]);
        let mut entries = first
            .iter()
            .filter_map(|word| self.by_first_word.get(word))
            .flatten();
        let entry =
            entries.find(|entry| entry.is_at(words, at) && !self.is_safe(entry, words, at))?;
        Some(Hit {
            words: entry.words.join(" "),
            group: entry.group,
        })
    }

    /// A companion next to the entry says that it is not the data itself.
    fn is_safe(&self, entry: &Entry, words: &[String], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| words[before].as_str());
        let after = words.get(at + entry.words.len()).map(String::as_str);
        before.is_some_and(|word| entry.safe_before.contains(&word))
            || after.is_some_and(|word| {
                entry.safe_after.contains(&word) || self.companions.contains(word)
            })
    }
}

impl Entry {
    /// `words > safe after < safe before`
    fn read(line: &'static str, group: &'static str) -> Self {
        let (rest, before) = line.split_once('<').unwrap_or((line, ""));
        let (words, after) = rest.split_once('>').unwrap_or((rest, ""));
        let split = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        Self {
            words: split(words),
            group,
            safe_before: split(before),
            safe_after: split(after),
        }
    }

    fn is_at(&self, words: &[String], at: usize) -> bool {
        let here = words[at..].iter().take(self.words.len());
        here.len() == self.words.len()
            && here
                .zip(&self.words)
                .all(|(word, wanted)| singulars(word).contains(wanted))
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The word, and what it would be the plural of.
fn singulars(word: &str) -> [&str; 3] {
    [
        word,
        word.strip_suffix('s').unwrap_or(word),
        // `addresses` and `celulares`, but not `sides`.
        word.strip_suffix("es")
            .filter(|stem| stem.ends_with(['h', 'r', 's', 'x', 'z']))
            .unwrap_or(word),
    ]
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
}
