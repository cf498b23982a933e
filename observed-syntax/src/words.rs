//! The words of a name: `customerEmail`, `customer_email` and `customer.email` are the same two.

/// Calls `take` with every word of `name`, in lower case without accents; letters and digits are words of their own.
pub fn each(name: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
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
            take(&word);
            word.clear();
        }
        if kind != Kind::Other {
            word.extend(character.to_lowercase().map(without_accent));
        }
        previous = kind;
    }
    if !word.is_empty() {
        take(&word);
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
fn without_accent(letter: char) -> char {
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
    }
}
