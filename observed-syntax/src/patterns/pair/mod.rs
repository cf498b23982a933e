//! Names with the credentials that they name: in query strings, settings, JSON, XML, log lines, sentences, commands and
//! headers; and `user:password@` in URLs (RFC 3986, section 3.2.1).

mod command;
mod header;
mod names;
mod said;
mod sentence;
mod url;
mod value;

use super::scan::run_before;
use names::Kind;

pub(super) use command::is_at as is_command_at;
pub(super) use header::{is_authorization, is_cookie};
pub(super) use url::{is_at as is_link_at, is_go_source};
pub(super) use value::{capital_inside, is_made};

/// True when the sign at `at` stands between a name and its credential.
pub(super) fn is_at(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'=' => is_pair(
            bytes,
            at,
            bytes[at + 1..]
                .strip_prefix(b">")
                .unwrap_or(&bytes[at + 1..]),
        ),
        b':' if bytes[at..].starts_with(b"://") => url::has_user_info(bytes, at + 3),
        // `secret::Type` is a path.
        b':' if bytes[at..].starts_with(b"::") || bytes[..at].ends_with(b":") => false,
        b':' => is_pair(bytes, at, &bytes[at + 1..]),
        // `<password>hunter2</password>`
        b'>' if is_after(bytes, at, u8::is_ascii_alphanumeric) => is_element(bytes, at),
        // `["password", "hunter2"]`
        b',' if is_after(bytes, at, |byte| b"\"'".contains(byte)) => is_list(bytes, at),
        _ => false,
    }
}

fn is_after(bytes: &[u8], at: usize, is: fn(&u8) -> bool) -> bool {
    bytes[..at].last().is_some_and(is)
}

/// A name before the sign, perhaps in quotes or brackets, and a value after it.
fn is_pair(bytes: &[u8], at: usize, after: &[u8]) -> bool {
    let name = Name::before(bytes, at);
    let Some(kind) = name.kind() else {
        return is_named_by_value(bytes, &name, after);
    };
    let (value, is_quoted) = value::of(after);
    let is_named = name.is_quoted || is_quoted || bytes[at] == b'=';
    match kind {
        Kind::Digits => value::is_code(value),
        Kind::Phrase if is_named => value::is_secret(value) || value::is_phrase(after),
        Kind::Word if !name.is_quoted => is_named && is_word(value),
        Kind::Secret | Kind::Word if is_named => value::is_secret(value),
        // A file in a registry, `x/secret:05`, or a sentence.
        Kind::Secret | Kind::Phrase | Kind::Word => {
            !name.is_in_path() && value::is_secret(value) && !value::is_sentence(after)
        }
        Kind::Made if name.is_parameter() => value::is_given(value),
        Kind::Made => value::is_made(value) && !name.is_in_path(),
    }
}

/// `secret=abc1`, and not `secret=email` or `secret=736`.
fn is_word(value: &[u8]) -> bool {
    (value::is_mixed(value) && value::is_secret(value)) || value::is_made(value)
}

/// `{"name": "PASSWORD", "value": "x"}` and `type="password" value="x"`: the name is the value before.
fn is_named_by_value(bytes: &[u8], name: &Name, after: &[u8]) -> bool {
    const BETWEEN: usize = 12;
    if !name.is_value() {
        return false;
    }
    let before = &bytes[..name.begin];
    let gap = run_before(before, before.len(), BETWEEN, |byte| {
        b" \t\n,\"'>".contains(&byte)
    });
    let before = &before[..before.len() - gap];
    let (value, _) = value::of(after);
    let length = run_before(before, before.len(), Name::LONGEST, |byte| {
        byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
    });
    gap > 0
        && names::kind_of(&before[before.len() - length..]).is_some_and(Kind::is_secret)
        && value::is_given(value)
}

fn is_element(bytes: &[u8], at: usize) -> bool {
    let name = Name::before(bytes, at);
    let (value, _) = value::of(&bytes[at + 1..]);
    name.sign == Some(b'<')
        && name.kind().is_some_and(|kind| match kind {
            Kind::Digits => value::is_code(value),
            _ => value::is_given(value),
        })
}

fn is_list(bytes: &[u8], at: usize) -> bool {
    let name = Name::before(bytes, at);
    let (value, is_quoted) = value::of(&bytes[at + 1..]);
    name.is_quoted
        && is_quoted
        && name.kind().is_some_and(Kind::is_secret)
        && value::is_mixed(value)
}

/// What stands before a sign.
struct Name<'a> {
    text: &'a [u8],
    begin: usize,
    is_quoted: bool,
    /// What stands before its word.
    sign: Option<u8>,
}

impl<'a> Name<'a> {
    const LONGEST: usize = 64;

    fn before(bytes: &'a [u8], at: usize) -> Self {
        // `:=`, `==`, `!=`
        let before = bytes[..at].trim_ascii_end();
        let signs = run_before(before, before.len(), 3, |byte| b":=!".contains(&byte));
        let before = before[..before.len() - signs].trim_ascii_end();
        let quotes = run_before(before, before.len(), 3, |byte| b"\"'`])".contains(&byte));
        let before = &before[..before.len() - quotes];
        // `password1`; but every name has a letter before its number, and `10:15` is a time.
        let digits = run_before(before, before.len(), 2, |byte| byte.is_ascii_digit());
        let before = &before[..before.len() - digits];
        let length = run_before(before, before.len(), Self::LONGEST, |byte| {
            byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte) || byte > 127
        });
        let length = if before
            .last()
            .is_some_and(|last| last.is_ascii_alphabetic() || *last > 127)
        {
            length
        } else {
            0
        };
        let begin = before.len() - length;
        // The first byte of a sentence is not the name's.
        let word = run_before(before, before.len(), Self::LONGEST, |byte| {
            byte != b' ' && !b"?&;<\"'/".contains(&byte)
        });
        let sign = before
            .len()
            .checked_sub(word + 1)
            .map(|place| before[place]);
        Self {
            text: &before[begin..],
            begin,
            is_quoted: quotes > 0,
            sign,
        }
    }

    fn is_value(&self) -> bool {
        let last = self.text.rsplit(|byte| *byte == b' ').next();
        last.is_some_and(|last| last.eq_ignore_ascii_case(b"value"))
    }

    fn is_in_path(&self) -> bool {
        self.sign == Some(b'/')
    }

    fn is_parameter(&self) -> bool {
        self.sign.is_some_and(|sign| b"?&".contains(&sign))
    }

    fn kind(&self) -> Option<Kind> {
        names::kind_of(self.text)
    }
}
