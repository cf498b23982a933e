//! The check of a whole log: all of its files, in order.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::anchor::Anchor;
use super::chain::{self, Broken, Link};
use super::rotation;

/// What a whole log consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Number of files.
    pub files: usize,
    /// The number of the first line; above 1 where earlier files are elsewhere.
    pub first: u64,
    /// The number of the last line.
    pub last: u64,
    /// The digest of the last line.
    pub digest: String,
    /// Bytes after the last whole line, which were not checked.
    pub unchecked: u64,
}

/// The reason why a log is not whole.
#[derive(Debug, thiserror::Error)]
pub enum NotWhole {
    /// A file cannot be read.
    #[error("cannot read {}: {error}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// A line is not the one that its anchor names.
    #[error(
        "line {0} has another digest than its anchor: the log was changed before it or in it, and chained anew"
    )]
    Rewritten(u64),
    /// The line of an anchor is not in the log.
    #[error(
        "line {0}, which an anchor names, is not in the log: it ends before it, or begins after it"
    )]
    Missing(u64),
    /// The chain is broken.
    #[error("{}: {broken}", .file.display())]
    Broken {
        /// The file.
        file: PathBuf,
        /// Where, and how.
        broken: Broken,
    },
}

/// Follows the chain through the files before `path` and the one at it, and compares the anchors.
///
/// # Errors
/// When a file cannot be read, at the first line that does not follow, and at an anchor that does not hold. A changed last
/// line is seen only by the line after it or by an anchor, and a log that was chained anew only by an anchor.
pub fn verify(path: &Path, anchors: &[Anchor]) -> Result<Verified, NotWhole> {
    let unreadable = |file: &Path, error| NotWhole::Unreadable {
        file: file.to_owned(),
        error,
    };
    let mut files = rotation::before(path).map_err(|error| unreadable(path, error))?;
    files.push(path.to_owned());
    let (mut first, mut last, mut unchecked) = (None, None::<Link>, 0);
    let mut left: Vec<&Anchor> = anchors.iter().collect();
    let mut rewritten = None;
    let mut compare = |link: &Link| {
        left.retain(|anchor| {
            if anchor.line == link.lines && anchor.digest != link.digest {
                rewritten.get_or_insert(anchor.line);
            }
            anchor.line != link.lines
        });
    };
    for file in &files {
        let opened = File::open(file).map_err(|error| unreadable(file, error))?;
        let length = opened.metadata().map_err(|error| unreadable(file, error))?;
        let broken = |broken| NotWhole::Broken {
            file: file.clone(),
            broken,
        };
        let whole = chain::follow(BufReader::new(opened), last.as_ref(), &mut compare);
        let whole = whole.map_err(broken)?;
        unchecked = length.len().saturating_sub(whole.length);
        if unchecked > 0 && file != path {
            return Err(broken(Broken::Unreadable(whole.last.lines + 1)));
        }
        first.get_or_insert(whole.first.lines + 1);
        last = Some(whole.last);
    }
    if let Some(line) = rewritten {
        return Err(NotWhole::Rewritten(line));
    }
    if let Some(anchor) = left.first() {
        return Err(NotWhole::Missing(anchor.line));
    }
    let last = last.unwrap_or_else(Link::none);
    Ok(Verified {
        files: files.len(),
        first: first.unwrap_or(1),
        last: last.lines,
        digest: last.digest,
        unchecked,
    })
}
