//! One line of the dictionary: the words of a name, and what beside them makes it safe.

use super::hit::Reach;

/// The kinds of values that an entry is about.
#[derive(PartialEq, Eq)]
enum Kinds {
    All,
    Text,
    NoNumber,
}

pub(super) struct Entry {
    pub(super) words: Vec<&'static str>,
    /// Whether the name begins and ends with the words.
    begins: bool,
    ends: bool,
    kinds: Kinds,
    pub(super) group: &'static str,
    pub(super) safe_before: Vec<&'static str>,
    pub(super) safe_after: Vec<&'static str>,
}

impl Entry {
    /// `words > safe after < safe before`; `~` first where only a text counts, `+` where a number does not; `^` and `$` around the words for the name's beginning and end.
    pub(super) fn read(line: &'static str, group: &'static str) -> Self {
        let (rest, before) = line.split_once('<').unwrap_or((line, ""));
        let (words, after) = rest.split_once('>').unwrap_or((rest, ""));
        let words = words.trim_start();
        let kinds = match words.as_bytes().first() {
            Some(b'~') => Kinds::Text,
            Some(b'+') => Kinds::NoNumber,
            _ => Kinds::All,
        };
        let words = words.trim_start_matches(['~', '+', ' ']);
        let split = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let (begins, ends) = (words.starts_with('^'), words.trim_end().ends_with('$'));
        Self {
            words: split(words)
                .into_iter()
                .filter(|word| !matches!(*word, "^" | "$"))
                .collect(),
            begins,
            ends,
            kinds,
            group,
            safe_before: split(before),
            safe_after: split(after),
        }
    }

    /// A word of the entry's own stands beside it and makes it safe.
    pub(super) fn is_safe(&self, words: &[String], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| words[before].as_str());
        let after = words.get(at + self.words.len()).map(String::as_str);
        before.is_some_and(|word| self.safe_before.contains(&word))
            || after.is_some_and(|word| self.safe_after.contains(&word))
    }

    pub(super) fn reach(&self) -> Reach {
        if self.begins && self.ends {
            Reach::Vague
        } else if self.kinds == Kinds::Text {
            Reach::Text
        } else {
            Reach::All
        }
    }

    /// Whether a number under the words measures something else.
    pub(super) fn is_measured(&self) -> bool {
        self.kinds == Kinds::NoNumber
    }

    pub(super) fn is_at(&self, words: &[String], at: usize) -> bool {
        let here = words[at..].iter().take(self.words.len());
        here.len() == self.words.len()
            && (!self.begins || at == 0)
            && (!self.ends || at + self.words.len() == words.len())
            && here
                .zip(&self.words)
                .all(|(word, wanted)| any_singular(word, |word| word == *wanted))
    }
}

/// Asks of the word, and of what it would be the plural of.
pub(super) fn any_singular(word: &str, mut is_it: impl FnMut(&str) -> bool) -> bool {
    // `diaries`, `religioes`, `credenciais`.
    const OTHER: [(&str, &str); 3] = [("ies", "y"), ("oes", "ao"), ("ais", "al")];
    if is_it(word) {
        return true;
    }
    let Some(stem) = word.strip_suffix('s') else {
        return false;
    };
    if is_it(stem) {
        return true;
    }
    // `addresses` and `celulares`, but not `sides`.
    let stem = word.strip_suffix("es");
    let stem = stem.filter(|stem| stem.ends_with(['h', 'r', 's', 'x', 'z']));
    if stem.is_some_and(&mut is_it) {
        return true;
    }
    OTHER.iter().any(|(plural, singular)| {
        let stem = word.strip_suffix(plural).filter(|stem| stem.len() > 2);
        stem.is_some_and(|stem| is_it(&format!("{stem}{singular}")))
    })
}
