//! Folders that are named after a person: `/home/maria.souza`. A name without a dot may be a program's account.

use super::scan::{reads, run};

pub(super) fn is_at(bytes: &[u8], start: usize) -> bool {
    let name = |root: &str| reads(bytes, start, root).then_some(start + root.len());
    let end = name("home").or_else(|| name("users"));
    let is_sign = |byte: Option<&u8>| byte.is_some_and(|byte| b"/\\".contains(byte));
    end.is_some_and(|end| {
        is_sign(bytes[..start].last()) && is_sign(bytes.get(end)) && is_person(&bytes[end + 1..])
    })
}

const FILES: &[&[u8]] = &[
    b"cfg", b"conf", b"csv", b"gz", b"html", b"ini", b"js", b"json", b"lock", b"log", b"md",
    b"pdf", b"png", b"py", b"rs", b"sh", b"sql", b"tar", b"toml", b"txt", b"xml", b"yaml", b"yml",
    b"zip",
];

/// Two names with a dot between, and no file's ending.
fn is_person(rest: &[u8]) -> bool {
    const LONGEST: usize = 64;
    let rest = &rest[..rest.len().min(LONGEST)];
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte > 127;
    let first = run(rest, 0, is_letter);
    let last = run(rest, first + 1, is_letter);
    first >= 2
        && last >= 2
        && rest[first] == b'.'
        && !FILES.contains(&&rest[first + 1..first + 1 + last])
}
