//! E-mail addresses: a local part, perhaps in quotes, `@`, and a domain with a dot whose last label is of letters, or an
//! address in brackets (RFC 5321, section 4.1.2).

use super::scan::{run, run_before};

/// Programs' accounts: `git@github.com:owner/name.git`.
const PROGRAMS: &[&[u8]] = &[b"git", b"hg", b"svn"];
/// What versions of a package are called.
const TAGS: &[&[u8]] = &[
    b"alpha",
    b"beta",
    b"canary",
    b"dev",
    b"experimental",
    b"latest",
    b"lts",
    b"next",
    b"nightly",
    b"rc",
    b"stable",
];
/// No top-level domains: files, and units of systemd.
const ENDINGS: &[&[u8]] = &[
    b"avif", b"bmp", b"css", b"gif", b"htm", b"html", b"ico", b"jpeg", b"jpg", b"json", b"jsx",
    b"map", b"mount", b"png", b"service", b"slice", b"socket", b"svg", b"target", b"timer", b"tsx",
    b"ttf", b"webp", b"woff",
];
/// The user of a database or a queue stands before its host, and is a program.
const SERVERS: &[&str] = &[
    "amqp",
    "amqps",
    "clickhouse",
    "git",
    "kafka",
    "mariadb",
    "mongodb",
    "mongodb+srv",
    "mssql",
    "mysql",
    "nats",
    "postgres",
    "postgresql",
    "redis",
    "rediss",
    "sftp",
    "sqlserver",
    "ssh",
];

const LONGEST: usize = 64;

/// True when the sign at `at`, which is so many bytes long, is an address's.
pub(super) fn is_at(bytes: &[u8], at: usize, sign: usize) -> bool {
    let (local, rest) = (local_part(bytes, at), &bytes[at + sign..]);
    let names = |byte: &u8| byte.is_ascii_alphanumeric() || *byte > 127;
    if !local.iter().any(names) || PROGRAMS.contains(&local) {
        return false;
    }
    let before = &bytes[..at - local.len()];
    (is_domain(rest) || is_literal(rest))
        && !is_message(before, local)
        && !is_user_of_server(before)
}

/// Letters of any script are bytes above 127. The rarer symbols of the specification are left out: they would take
/// `https://x.example/@handle.name` for an address.
fn local_part(bytes: &[u8], at: usize) -> &[u8] {
    let is_local =
        |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte) || byte > 127;
    let length = match bytes[..at].strip_suffix(b"\"") {
        Some(quoted) => run_before(quoted, quoted.len(), LONGEST, |byte| byte != b'"') + 1,
        None => run_before(bytes, at, LONGEST, is_local),
    };
    &bytes[at - length..at]
}

fn is_domain(bytes: &[u8]) -> bool {
    let length = run(&bytes[..bytes.len().min(4 * LONGEST)], 0, |byte| {
        byte.is_ascii_alphanumeric() || b".-".contains(&byte) || byte > 127
    });
    let mut labels = bytes[..length]
        .split(|byte| *byte == b'.')
        .filter(|label| !label.is_empty());
    let Some(first) = labels.next() else {
        return false;
    };
    // Every later label ends a domain of its own: `a@b.com.` and `a@b.com.2` contain one.
    let mut later = labels.clone();
    later.any(is_top_level) && !is_version(first, labels)
}

/// `pkg@1.2.beta`, `pkg@v1.2.beta`, `pkg@latest.note`.
fn is_version<'a>(first: &[u8], mut rest: impl Iterator<Item = &'a [u8]> + Clone) -> bool {
    let second = rest.clone().next().unwrap_or_default();
    let is_number = |label: &[u8]| !label.is_empty() && label.iter().all(u8::is_ascii_digit);
    let number = first.strip_prefix(b"v").unwrap_or(first);
    (is_number(number) && second.first().is_some_and(u8::is_ascii_digit))
        || (TAGS.contains(&first)
            && rest.next().is_some()
            && rest.next().is_none()
            && !is_common(second)
            && !is_country(second))
}

/// Domains of countries have two letters (ISO 3166-1), and no others do: `ana@next.de`.
fn is_country(label: &[u8]) -> bool {
    label.len() == 2
}

fn is_common(label: &[u8]) -> bool {
    [&b"com"[..], b"net", b"org", b"br", b"io", b"dev"].contains(&label)
}

fn is_top_level(label: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte > 127;
    let is_word = label.len() >= 2 && label.iter().all(is_letter) && !ENDINGS.contains(&label);
    is_word || label.starts_with(b"xn--")
}

fn is_literal(bytes: &[u8]) -> bool {
    match bytes {
        [b'[', rest @ ..] => {
            rest.first().is_some_and(u8::is_ascii_digit) || rest.starts_with(b"IPv6:")
        }
        _ => false,
    }
}

/// The name of a message in brackets is made by a program: much of it is digits (RFC 5322, section 3.6.4).
fn is_message(before: &[u8], local: &[u8]) -> bool {
    let digits = local.iter().filter(|byte| byte.is_ascii_digit()).count();
    before.ends_with(b"<") && local.len() >= 16 && digits >= 8
}

fn is_user_of_server(before: &[u8]) -> bool {
    let Some(scheme) = before.strip_suffix(b"://") else {
        return false;
    };
    let length = run_before(scheme, scheme.len(), 16, |byte| {
        byte.is_ascii_alphanumeric() || byte == b'+'
    });
    let scheme = &scheme[scheme.len() - length..];
    SERVERS
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known.as_bytes()))
}
