//! The chain: every line has its number and the digest of the line before.
//!
//! A changed line is found by the line after it, and a change of the last one only with a copy of its digest elsewhere.

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::digest;

/// The digest before the first line.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A link of the chain, up to and with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Number of lines up to here.
    lines: u64,
    /// The digest of the last line, without its end.
    digest: String,
}

/// An entry as its line has it: with its number, and the digest of the line before.
#[derive(Deserialize, Serialize)]
struct Linked<E> {
    seq: u64,
    prev: String,
    #[serde(flatten)]
    entry: E,
}

/// The whole part of a log: its last link, and its length in bytes.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) last: Link,
    pub(super) length: u64,
}

impl Whole {
    /// Returns the whole part of a log without a line.
    pub(super) fn nothing() -> Self {
        Self {
            last: Link::none(),
            length: 0,
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
    fn none() -> Self {
        Self {
            lines: 0,
            digest: NOTHING.to_owned(),
        }
    }

    /// Returns the line of `entry` after this one, with its end, and its link.
    pub(super) fn next(&self, entry: &Entry) -> io::Result<(Vec<u8>, Self)> {
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
        let linked: Linked<serde::de::IgnoredAny> =
            serde_json::from_slice(line).map_err(|_| Broken::Unreadable(lines))?;
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

/// Follows the chain to its last whole line.
pub(super) fn follow(mut log: impl BufRead) -> Result<Whole, Broken> {
    let (mut last, mut length, mut line) = (Link::none(), 0, Vec::new());
    loop {
        line.clear();
        let read = log
            .read_until(b'\n', &mut line)
            .map_err(|error| Broken::File(error.to_string()))?;
        let Some((b'\n', line)) = line.split_last() else {
            return Ok(Whole { last, length });
        };
        last = last.followed_by(line)?;
        length += read as u64;
    }
}

/// Returns the number of lines and the digest of the last one, if the chain is whole; what a crash left of a last line is
/// not counted. With a copy of both elsewhere one can tell whether the end was changed.
///
/// # Errors
/// At the first line that does not follow. A changed last line is seen only by the line after it.
pub fn verify(log: impl BufRead) -> Result<(u64, String), Broken> {
    follow(log).map(|whole| (whole.last.lines, whole.last.digest))
}
