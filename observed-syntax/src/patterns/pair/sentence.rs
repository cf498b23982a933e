//! Credentials in sentences and statements: `password is hunter2`, `PASSWORD 'hunter2'`.

use super::super::scan::{begins_word, reads, run};
use super::names::{Kind, kind_of};
use super::value;

/// Words between a name and its value: `a senha do cliente é hunter2`, `password set to hunter2`.
const LINKS: &[&str] = &[
    "and",
    "as",
    "atual",
    "cliente",
    "current",
    "customer",
    "da",
    "de",
    "do",
    "e",
    "é",
    "eh",
    "era",
    "foi",
    "for",
    "is",
    "new",
    "nova",
    "now",
    "of",
    "para",
    "set",
    "será",
    "temporary",
    "to",
    "user",
    "usuario",
    "usuário",
    "was",
];
/// What a word for its owner follows.
const OF: &[&str] = &[
    "cliente", "customer", "da", "de", "do", "for", "of", "user", "usuario", "usuário",
];
/// One of these must be among them.
const VERBS: &[&str] = &[
    "as", "é", "eh", "era", "foi", "is", "para", "será", "to", "was",
];

/// SQL and netrc: `PASSWORD 'x'`, `login x password y`; a sentence: `password is hunter2`.
pub(super) fn is_at(text: &str, begin: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let word = &bytes[begin..end];
    let length = word
        .iter()
        .rev()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte > 127)
        .count();
    let kind = match kind_of(&word[word.len() - length..]) {
        None | Some(Kind::Made) => return false,
        Some(kind) => kind,
    };
    let (value, is_quoted) = value::of(&bytes[end + 1..]);
    let is_word = kind != Kind::Word || value::is_mixed(value);
    if kind.is_secret() && is_word && value::is_given(value) {
        let is_literal = is_quoted && begins_word(bytes, end - length) && !value.contains(&b' ');
        if is_literal || is_after_login(&bytes[..begin]) {
            return true;
        }
    }
    is_said(&text[end + 1..], kind)
}

/// What follows a name in a sentence: words between, a verb among them, and the credential; or, after a password, at once.
fn is_said(rest: &str, kind: Kind) -> bool {
    const WORDS: usize = 6;
    let (mut is_announced, mut is_of) = (kind == Kind::Secret, false);
    for word in rest.split(' ').take(WORDS) {
        let lower = word.trim_end_matches(':').to_lowercase();
        // Whose it is: any word.
        let is_owner = std::mem::replace(&mut is_of, OF.contains(&lower.as_str()));
        if is_owner || LINKS.contains(&lower.as_str()) {
            is_announced |= VERBS.contains(&lower.as_str());
            continue;
        }
        let word = word
            .trim_matches(|sign: char| !sign.is_alphanumeric())
            .as_bytes();
        return is_announced
            && match kind {
                Kind::Digits => value::is_code(word),
                _ => value::is_mixed(word),
            };
    }
    false
}

fn is_after_login(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let account = before
        .iter()
        .rev()
        .take(64)
        .take_while(|byte| !byte.is_ascii_whitespace())
        .count();
    let before = before[..before.len() - account].trim_ascii_end();
    let login = before.len().saturating_sub(5);
    reads(before, login, "login") && run(before, login, |byte| byte.is_ascii_alphabetic()) == 5
}
