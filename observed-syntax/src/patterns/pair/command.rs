//! Credentials after a blank: of commands, of SQL, and in sentences.

use super::super::scan::{before, begins_word, reads, run, run_before};
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

/// The word that begins at `start` announces what follows the next blank.
pub(in super::super) fn is_at(text: &str, start: usize) -> bool {
    const LONGEST: usize = 32;
    let bytes = text.as_bytes();
    let limit = bytes.len().min(start + LONGEST);
    match (bytes[..start].last(), bytes[start]) {
        (Some(b'-'), _) => {
            let dashes = run_before(bytes, start, 3, |byte| byte == b'-');
            let begins =
                before(bytes, start - dashes).is_none_or(|byte| byte.is_ascii_whitespace());
            let end = start
                + run(&bytes[..limit], start, |byte| {
                    byte.is_ascii_alphanumeric() || byte == b'-'
                });
            begins
                && bytes.get(end) == Some(&b' ')
                && is_option(&bytes[start..end], &bytes[end + 1..])
        }
        (_, first) => {
            let end = start + run(&bytes[..limit], start, |byte| byte != b' ');
            if bytes.get(end) != Some(&b' ') {
                return false;
            }
            match first {
                b'A' if reads(bytes, start, "AUTH ") => is_auth(bytes, start, end),
                b'b' | b'B' if end - start == 2 => is_identified(bytes, start, end),
                _ => is_said(text, start, end),
            }
        }
    }
}

/// `--password x`, `-u user:password`, `sshpass -p x`.
fn is_option(name: &[u8], rest: &[u8]) -> bool {
    let (value, _) = value::of(rest);
    if value.starts_with(b"-") {
        return false;
    }
    if matches!(name, b"u" | b"user" | b"proxy-user") {
        let colon = value.iter().position(|byte| *byte == b':');
        return colon.is_some_and(|colon| {
            colon > 0
                && value::is_given(&value[colon + 1..])
                && value[colon + 1..].iter().any(|byte| !byte.is_ascii_digit())
        });
    }
    match kind_of(name) {
        Some(Kind::Secret | Kind::Phrase | Kind::Word) => value::is_given(value),
        Some(Kind::Made) => value::is_made(value),
        Some(Kind::Digits) => value::is_code(value),
        None => false,
    }
}

/// Redis: `AUTH hunter2`, `AUTH user hunter2`, at the beginning of a line.
fn is_auth(bytes: &[u8], begin: usize, end: usize) -> bool {
    const LONGEST: usize = 128;
    let begins = begin == 0 || bytes[begin..end].len() == 4 && b">\n\"".contains(&bytes[begin - 1]);
    let line = bytes[end + 1..bytes.len().min(end + LONGEST)]
        .split(|byte| b"\n\r\"".contains(byte))
        .next()
        .unwrap_or_default();
    let mut words = line
        .split(|byte| *byte == b' ')
        .filter(|word| !word.is_empty());
    let last = words.next_back();
    begins && words.count() <= 1 && last.is_some_and(value::is_mixed)
}

/// SQL: `IDENTIFIED BY 'x'`.
fn is_identified(bytes: &[u8], begin: usize, end: usize) -> bool {
    const BEFORE: &str = "identified ";
    let (value, _) = value::of(&bytes[end + 1..]);
    begin
        .checked_sub(BEFORE.len())
        .is_some_and(|at| reads(bytes, at, BEFORE))
        && value::is_secret(value)
}

/// SQL and netrc: `PASSWORD 'x'`, `login x password y`; a sentence: `password is hunter2`.
fn is_said(text: &str, begin: usize, end: usize) -> bool {
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
    let rest = &bytes[end + 1..];
    let (value, is_quoted) = value::of(rest);
    let follows_login = is_after_login(&bytes[..begin]);
    if kind != Kind::Digits && (is_quoted || follows_login) && value::is_given(value) {
        return is_quoted && begins_word(bytes, end - length) && !value.contains(&b' ')
            || follows_login;
    }
    let (mut has_verb, mut is_of) = (false, false);
    for word in text[end + 1..].split(' ').take(6) {
        let lower = word.trim_end_matches(':').to_lowercase();
        has_verb |= VERBS.contains(&lower.as_str());
        // Whose it is: any word.
        let is_owner = std::mem::replace(&mut is_of, OF.contains(&lower.as_str()));
        if !is_owner && !LINKS.contains(&lower.as_str()) {
            let word = word
                .trim_matches(|sign: char| !sign.is_alphanumeric())
                .as_bytes();
            let fits = if kind == Kind::Digits {
                value::is_code
            } else {
                value::is_mixed
            };
            return has_verb && fits(word);
        }
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
