//! Anchors: the digest of a line, kept where whoever can write the log cannot.
//!
//! A log that was changed and chained anew from the change on looks whole. It has other digests than its anchors.

use std::fmt;
use std::str::FromStr;

/// The digest of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the line.
    pub line: u64,
    /// Its digest, 64 digits.
    pub digest: String,
}

/// A text that is not an anchor.
#[derive(Debug, thiserror::Error)]
#[error("expected the number of a line, a colon and the 64 hexadecimal digits of its digest")]
pub struct NotAnAnchor;

impl fmt::Display for Anchor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.digest)
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let (line, digest) = text.trim().split_once(':').ok_or(NotAnAnchor)?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        match line.parse() {
            Ok(line) if is_digest => Ok(Self {
                line,
                digest: digest.to_ascii_lowercase(),
            }),
            _ => Err(NotAnAnchor),
        }
    }
}
