//! The chain: every line has its number and the digest of the line before.
//!
//! A changed line is found by the line after it, and a change of the last one only with a copy of its digest elsewhere.

use std::io::{self, BufRead};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::record::CONTINUED;
use crate::digest;

/// The digest before the first line.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A link of the chain, up to and with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Number of lines up to here.
    pub(super) lines: u64,
    /// The digest of the last line, without its end.
    pub(super) digest: String,
}

/// An entry as its line has it: with its number, and the digest of the line before.
#[derive(Deserialize, Serialize)]
struct Linked<E> {
    seq: u64,
    prev: String,
    #[serde(flatten)]
    entry: E,
}

/// What every line says, whatever it records.
#[derive(Deserialize)]
struct Said {
    unix_ms: u64,
    outcome: String,
}

/// The whole part of a file.
#[derive(Debug)]
pub(super) struct Whole {
    /// The link before its first line.
    pub(super) first: Link,
    /// The link of its last line.
    pub(super) last: Link,
    /// Its length in bytes.
    pub(super) length: u64,
    /// The time of its first line, in milliseconds since 1970.
    pub(super) begun_unix_ms: Option<u64>,
}

impl Whole {
    /// Returns the whole part of a file without a line, after `before`.
    pub(super) fn nothing(before: Link) -> Self {
        Self {
            first: before.clone(),
            last: before,
            length: 0,
            begun_unix_ms: None,
        }
    }
}

/// Returns whether these bytes may be the beginning of a line, which a crash has cut off.
pub(super) fn is_begun_line(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"{\"seq\":";
    BEGIN.starts_with(bytes) || bytes.starts_with(BEGIN)
}

/// A break in a chain: its line, and its kind.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The line cannot be read as one of this log.
    #[error("line {0} cannot be read")]
    Unreadable(u64),
    /// A line is missing, or there is one too many.
    #[error(
        "line {0} does not have the number of its place: a line is missing, or there is one too many"
    )]
    Misplaced(u64),
    /// The line before was changed.
    #[error("line {0} does not follow from the line before, which was changed")]
    Changed(u64),
    /// The file itself.
    #[error("the log cannot be read: {0}")]
    File(String),
}

impl Link {
    pub(super) fn none() -> Self {
        Self {
            lines: 0,
            digest: NOTHING.to_owned(),
        }
    }

    /// Returns the line of `entry` after this one, with its end, and its link.
    pub(super) fn next(&self, entry: &impl Serialize) -> io::Result<(Vec<u8>, Self)> {
        let linked = Linked {
            seq: self.lines + 1,
            prev: self.digest.clone(),
            entry,
        };
        let mut line = serde_json::to_vec(&linked)?;
        let next = Self {
            lines: linked.seq,
            digest: digest::of(&line),
        };
        line.push(b'\n');
        Ok((line, next))
    }

    /// Returns the link of `line`, if it follows.
    fn followed_by(&self, line: &[u8]) -> Result<Self, Broken> {
        let lines = self.lines + 1;
        let linked: Linked<IgnoredAny> = read(line, lines)?;
        if linked.seq != lines {
            return Err(Broken::Misplaced(lines));
        }
        if linked.prev != self.digest {
            return Err(Broken::Changed(lines));
        }
        Ok(Self {
            lines,
            digest: digest::of(line),
        })
    }
}

/// Reads a line; `number` is for the error.
fn read<E: DeserializeOwned>(line: &[u8], number: u64) -> Result<Linked<E>, Broken> {
    serde_json::from_slice(line).map_err(|_| Broken::Unreadable(number))
}

/// Follows the chain to the last whole line of a file. The file goes on after `before`, where that is known; else its first
/// line says whether it goes on after another one. Each link is shown to `seen`.
///
/// # Errors
/// At the first line that does not follow.
pub(super) fn follow(
    mut log: impl BufRead,
    before: Option<&Link>,
    mut seen: impl FnMut(&Link),
) -> Result<Whole, Broken> {
    let mut whole = Whole::nothing(before.cloned().unwrap_or_else(Link::none));
    let mut line = Vec::new();
    loop {
        line.clear();
        let read_bytes = log
            .read_until(b'\n', &mut line)
            .map_err(|error| Broken::File(error.to_string()))?;
        let Some((b'\n', line)) = line.split_last() else {
            return Ok(whole);
        };
        if whole.length == 0 {
            let linked: Linked<Said> = read(line, whole.last.lines + 1)?;
            whole.begun_unix_ms = Some(linked.entry.unix_ms);
            if before.is_none() && linked.entry.outcome == CONTINUED {
                whole.first = Link {
                    lines: linked.seq.saturating_sub(1),
                    digest: linked.prev,
                };
                whole.last = whole.first.clone();
            }
        }
        whole.last = whole.last.followed_by(line)?;
        seen(&whole.last);
        whole.length += read_bytes as u64;
    }
}
