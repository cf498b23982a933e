//! What personal data and credentials look like in text: the last line of defence, used at export and, for literals,
//! when an annotation is compiled.
//!
//! A number alone is not personal data: it needs its check digits *and* a second sign, its usual formatting or a telling
//! word before it or in its key, so that an order number is not taken for a taxpayer. The rule of each pattern and how
//! often it is wrong are in docs/privacy.md.

mod card;
mod credential;
mod email;
mod pair;
mod plain;
mod scan;
mod tax;

/// A kind of personal data or credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// An e-mail address.
    Email,
    /// A Brazilian taxpayer number.
    Cpf,
    /// A Brazilian company number, in digits or in letters and digits (from July 2026).
    Cnpj,
    /// The number of a payment card.
    Card,
    /// A JSON web token, or what follows the word `Bearer` or `Basic`.
    Token,
    /// A key of a cloud or an API, known by its prefix.
    CloudKey,
    /// The first line of a private key.
    PrivateKey,
    /// `password=...` and the like, or a password in a URL.
    Pair,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: &'static [Pattern] = &[
        Pattern::Email,
        Pattern::Cpf,
        Pattern::Cnpj,
        Pattern::Card,
        Pattern::Token,
        Pattern::CloudKey,
        Pattern::PrivateKey,
        Pattern::Pair,
    ];

    /// Returns the name that messages and `status()` use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Email => "e-mail address",
            Pattern::Cpf => "CPF",
            Pattern::Cnpj => "CNPJ",
            Pattern::Card => "card number",
            Pattern::Token => "bearer token",
            Pattern::CloudKey => "cloud key",
            Pattern::PrivateKey => "private key",
            Pattern::Pair => "password pair",
        }
    }
}

/// Finds the first pattern in `text`; `key` is the name under which the text is recorded.
///
/// ```
/// use observed_syntax::patterns::{Pattern, find};
///
/// assert_eq!(find("write to ana@example.com", "note"), Some(Pattern::Email));
/// assert_eq!(find("529.982.247-25", "note"), Some(Pattern::Cpf));
/// assert_eq!(find("52998224725", "order.number"), None);
/// assert_eq!(find("52998224725", "document"), Some(Pattern::Cpf));
/// ```
#[must_use]
pub fn find(text: &str, key: &str) -> Option<Pattern> {
    find_as_written(text, key)
        .or_else(|| plain::decoded(text).and_then(|decoded| find_as_written(&decoded, key)))
}

fn find_as_written(text: &str, key: &str) -> Option<Pattern> {
    let bytes = text.as_bytes();
    let seen = scan::Seen::in_text(bytes);
    if seen.at_sign && email::is_in(bytes) {
        return Some(Pattern::Email);
    }
    if seen.enough_digits {
        if tax::is_cpf_in(bytes, key) {
            return Some(Pattern::Cpf);
        }
        if card::is_in(bytes, key) {
            return Some(Pattern::Card);
        }
    }
    if seen.long_word && seen.two_digits && tax::is_cnpj_in(bytes, key) {
        return Some(Pattern::Cnpj);
    }
    if seen.long_word && credential::is_token_in(bytes) {
        return Some(Pattern::Token);
    }
    if seen.long_word && credential::is_cloud_key_in(bytes) {
        return Some(Pattern::CloudKey);
    }
    if seen.dashes && credential::is_private_key_in(text) {
        return Some(Pattern::PrivateKey);
    }
    (seen.separator && pair::is_in(bytes)).then_some(Pattern::Pair)
}

#[cfg(test)]
mod tests;
