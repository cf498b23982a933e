//! The end of the log: the file that is written, and its last link.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::anchor::Anchor;
use super::chain::{self, Link, Whole};
use super::policy::{Fsync, Policy};
use super::record::Continued;
use super::{rotation, space};
use crate::store::unix_ms;

const MILLISECONDS_OF_A_DAY: u64 = 24 * 60 * 60 * 1_000;

/// The file that is written.
#[derive(Debug)]
pub(super) struct End {
    path: PathBuf,
    policy: Policy,
    file: File,
    /// Whether it is a file; a device or a pipe has nothing to follow, and no end.
    is_file: bool,
    last: Link,
    /// The length up to the last whole line.
    length: u64,
    /// The day of its first line, in days since 1970; today where it has none.
    day: u64,
    /// Lines that have room, and are still to come.
    promised: u64,
    /// Up to where the file has room.
    room: u64,
}

impl End {
    pub(super) fn open(path: &Path, policy: Policy) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = options.create(true).read(true).append(true).open(path)?;
        let is_file = file.metadata()?.is_file();
        let whole = if is_file {
            lock(&file)?;
            followed(&mut file, path)?
        } else {
            Whole::nothing(Link::none())
        };
        let mut end = Self {
            path: path.to_owned(),
            policy,
            file,
            is_file,
            day: whole.begun_unix_ms.unwrap_or_else(unix_ms) / MILLISECONDS_OF_A_DAY,
            last: whole.last,
            length: whole.length,
            promised: 0,
            room: 0,
        };
        if end.length == 0 && end.last != Link::none() {
            end.put(&Continued::now())?;
        }
        Ok(end)
    }

    /// Makes room for one more line.
    pub(super) fn promise(&mut self) -> io::Result<()> {
        if self.is_file {
            let needed = self.length + (self.promised + 1) * space::LONGEST_LINE;
            if needed > self.room {
                self.room = space::reserve(&self.file, needed)?;
            }
        } else {
            space::ask(&self.file)?;
        }
        self.promised += 1;
        Ok(())
    }

    pub(super) fn anchor(&self) -> Anchor {
        Anchor {
            line: self.last.lines,
            digest: self.last.digest.clone(),
        }
    }

    /// Gives back the room of a line, written or not.
    pub(super) fn release(&mut self) {
        self.promised -= 1;
    }

    /// Appends a line, in another file if this one is large or of an earlier day.
    pub(super) fn append(&mut self, record: &impl Serialize) -> io::Result<()> {
        // Only forward: a clock that was set back does not begin a file with each line.
        let is_over = unix_ms() / MILLISECONDS_OF_A_DAY > self.day;
        let is_large = self.length + space::LONGEST_LINE > self.policy.file_bytes;
        if self.is_file && self.length > 0 && (is_over || is_large) {
            // There is room in this one, which is better than no line.
            if let Err(error) = self.begin_another() {
                log::error!("the audit log goes on in the same file: {error}");
            }
        }
        self.put(record)
    }

    /// Gives the file its number, and begins another one under its name.
    fn begin_another(&mut self) -> io::Result<()> {
        if self.policy.fsync == Fsync::Always {
            self.file.sync_all()?;
        }
        let kept = rotation::next(&self.path)?;
        fs::rename(&self.path, &kept)?;
        let begun = self.begun();
        if begun.is_err() {
            let _ = fs::rename(&kept, &self.path);
        }
        *self = begun?;
        Ok(())
    }

    /// Begins a file that goes on after this one, with room for what was promised.
    fn begun(&self) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let options = options.create_new(true).read(true).append(true);
        let file = options.open(&self.path)?;
        lock(&file)?;
        let room = space::reserve(&file, (self.promised + 1) * space::LONGEST_LINE)?;
        let mut end = Self {
            path: self.path.clone(),
            policy: self.policy,
            file,
            is_file: true,
            last: self.last.clone(),
            length: 0,
            day: unix_ms() / MILLISECONDS_OF_A_DAY,
            promised: self.promised,
            room,
        };
        end.put(&Continued::now())?;
        Ok(end)
    }

    fn put(&mut self, record: &impl Serialize) -> io::Result<()> {
        let (line, last) = self.last.next(record)?;
        let written = self.file.write_all(&line);
        let written = written.and_then(|()| match self.policy.fsync {
            Fsync::Never => Ok(()),
            Fsync::Always => self.file.sync_data(),
        });
        if let Err(error) = written {
            let _ = self.file.set_len(self.length);
            // It may have given back the room too.
            self.room = self.length;
            return Err(error);
        }
        self.last = last;
        self.length += line.len() as u64;
        Ok(())
    }
}

fn lock(file: &File) -> io::Result<()> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => {
            io::Error::new(io::ErrorKind::ResourceBusy, "another process has it open")
        }
        TryLockError::Error(error) => error,
    })
}

/// Follows the chain through the file, after the one before it if that is still here.
fn followed(file: &mut File, path: &Path) -> io::Result<Whole> {
    let invalid = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let before = match rotation::before(path)?.pop() {
        None => None,
        Some(before) => {
            let whole = chain::follow(BufReader::new(File::open(&before)?), None, |_| ());
            let broken = |broken| invalid(format!("{}: {broken}", before.display()));
            Some(whole.map_err(broken)?.last)
        }
    };
    let whole = chain::follow(BufReader::new(&*file), before.as_ref(), |_| ())
        .map_err(|broken| invalid(broken.to_string()))?;
    cut(file, &whole)?;
    Ok(whole)
}

/// Cuts off what a crash has left of a last line.
fn cut(file: &mut File, whole: &Whole) -> io::Result<()> {
    file.seek(SeekFrom::Start(whole.length))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    if rest.is_empty() {
        return Ok(());
    }
    if !chain::is_begun_line(&rest) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is no audit log: it ends with something else than a line of one",
        ));
    }
    log::warn!("the audit log ended in the middle of a line; the rest of it is cut off");
    file.set_len(whole.length)
}
