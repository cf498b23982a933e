//! Credentials after a blank: of commands and of SQL.

use super::super::scan::{before, reads, run, run_before};
use super::names::{Kind, kind_of};
use super::{sentence, value};

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
                && bytes.get(end).is_none_or(|byte| *byte == b' ')
                && is_option(bytes, start, end)
        }
        (_, first) => {
            let end = start + run(&bytes[..limit], start, |byte| byte != b' ');
            if bytes.get(end) != Some(&b' ') {
                return false;
            }
            match first {
                b'A' if reads(bytes, start, "AUTH ") => is_auth(bytes, start, end),
                b'b' | b'B' if end - start == 2 => is_identified(bytes, start, end),
                _ => sentence::is_at(text, start, end),
            }
        }
    }
}

/// `--password x`, `-u user:password`, `sshpass -p x`.
fn is_option(bytes: &[u8], start: usize, end: usize) -> bool {
    let name = &bytes[start..end];
    let (value, _) = value::of(bytes.get(end + 1..).unwrap_or_default());
    if value.starts_with(b"-") {
        return false;
    }
    match name {
        b"u" | b"user" | b"proxy-user" => is_user(value),
        b"p" | b"a" => takes_password(&bytes[..start]) && value::is_mixed(value),
        name => match kind_of(name) {
            Some(Kind::Made) => value::is_made(value),
            Some(Kind::Digits) => value::is_code(value),
            Some(_) => value::is_given(value),
            // `mysql -phunter2`
            None => {
                name[0] == b'p' && value::is_mixed(&name[1..]) && takes_password(&bytes[..start])
            }
        },
    }
}

/// `user:password`; a number would be a group.
fn is_user(value: &[u8]) -> bool {
    let colon = value.iter().position(|byte| *byte == b':');
    colon.filter(|colon| *colon > 0).is_some_and(|colon| {
        let password = &value[colon + 1..];
        value::is_given(password) && !password.iter().all(u8::is_ascii_digit)
    })
}

/// A program whose `-p` or `-a` is a password was named not far before.
fn takes_password(before: &[u8]) -> bool {
    const FAR: usize = 96;
    const PROGRAMS: &[&[u8]] = &[
        b"sshpass",
        b"login",
        b"mysql",
        b"redis-cli",
        b"mariadb",
        b"mongo",
    ];
    let before = &before[before.len().saturating_sub(FAR)..];
    let names = |program: &&[u8]| {
        before
            .windows(program.len())
            .any(|window| window == *program)
    };
    PROGRAMS.iter().any(names)
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
