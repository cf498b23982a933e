//! The words of a name: `customerEmail`, `customer_email` and `customer.email` are the same two.

/// Calls `take` with every word of `name`, in lower case without accents; letters and digits are words of their own.
pub fn each(name: &str, mut take: impl FnMut(&str)) {
    let mut word = Word::default();
    let mut previous = Kind::Other;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let kind = Kind::of(character);
        let next_is_lower = characters
            .peek()
            .is_some_and(|next| Kind::of(*next) == Kind::Lower);
        let begins = match (previous, kind) {
            // `parseHTTPBody`: the last capital belongs to the word that it begins.
            (Kind::Upper, Kind::Upper) => next_is_lower,
            (Kind::Upper, Kind::Lower) => false,
            (before, now) => before != now,
        };
        if begins && !word.is_empty() {
            take(word.as_str());
            word = Word::default();
        }
        if kind != Kind::Other {
            let lower = character.to_lowercase();
            lower.for_each(|letter| word.push(without_accent(letter)));
        }
        previous = kind;
    }
    if !word.is_empty() {
        take(word.as_str());
    }
}

/// One word; most are short, and are asked for often enough to be kept off the heap.
#[derive(Default)]
struct Word {
    short: [u8; 24],
    length: usize,
    /// All of it, where it is long.
    long: String,
}

impl Word {
    fn push(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        let room = self.short.get_mut(self.length..end);
        if let Some(room) = room.filter(|_| self.long.is_empty()) {
            letter.encode_utf8(room);
            self.length = end;
            return;
        }
        if self.long.is_empty() {
            let short = self.as_str().to_owned();
            self.long = short;
        }
        self.long.push(letter);
    }

    fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn as_str(&self) -> &str {
        if self.long.is_empty() {
            let short = self.short.get(..self.length).unwrap_or_default();
            return std::str::from_utf8(short).unwrap_or_default();
        }
        &self.long
    }
}

/// Lists the words of `name`.
#[must_use]
pub fn of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(name, |word| words.push(word.to_owned()));
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    Digit,
    Other,
}

impl Kind {
    fn of(character: char) -> Self {
        if character.is_numeric() {
            Kind::Digit
        } else if character.is_uppercase() {
            Kind::Upper
        } else if character.is_alphabetic() {
            Kind::Lower
        } else {
            Kind::Other
        }
    }
}

/// The letters with accents of Portuguese.
pub(crate) fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'ê' | 'è' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'õ' | 'ò' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_of_all_conventions_have_the_same_words() {
        for name in [
            "customer_email",
            "customer.email",
            "customerEmail",
            "CustomerEmail",
            "customer-email",
            "CUSTOMER_EMAIL",
        ] {
            assert_eq!(of(name), ["customer", "email"], "{name}");
        }
        assert_eq!(of("parseHTTPBody2"), ["parse", "http", "body", "2"]);
        assert_eq!(of("endereço"), ["endereco"]);
        assert_eq!(of("__"), Vec::<String>::new());
        for letters in [23, 24, 25, 100] {
            let long = "é".repeat(letters);
            assert_eq!(
                of(&format!("{long}_b")),
                ["e".repeat(letters), "b".to_owned()]
            );
            let long = "λ".repeat(letters);
            assert_eq!(of(&format!("a_{long}")), ["a".to_owned(), long]);
        }
    }
}
