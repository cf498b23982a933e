//! Every Rust file below a folder, read: a reader that panics on one of them would stop a team.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{file, rounds};
use crate::packages::{Described, Package};

/// What became of the files.
#[derive(Clone, Debug, Default)]
pub struct EveryFile {
    /// Files that are text.
    pub files: usize,
    /// Their lines.
    pub lines: usize,
    /// Files that the parser refuses, such as cases of a compiler's own tests.
    pub refused: usize,
    /// Files that are no text.
    pub unreadable: usize,
    /// Files on which the reader panicked.
    pub panicked: Vec<PathBuf>,
}

/// Reads every file below `folder`: all of each, or as `check` does, of one without the words that matter its `mod` lines.
///
/// # Errors
///
/// Says why no thread could be started.
pub fn every_file(folder: &Path, is_whole: bool) -> Result<EveryFile, String> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    let described = Described {
        root: folder.to_owned(),
        packages: vec![Package::alone()],
        opentelemetry: BTreeSet::default(),
    };
    let read = |path: PathBuf| {
        // A panic is what is looked for.
        let read = catch_unwind(AssertUnwindSafe(|| {
            file::alone(&path, &described, is_whole)
        }));
        Ok((path, read))
    };
    let mut all = EveryFile::default();
    let read = rounds::on_all_processors(files, read).map_err(|failure| failure.to_string())?;
    for (path, read) in read {
        match read {
            Err(_) => all.panicked.push(path),
            Ok(Err(_)) => all.unreadable += 1,
            Ok(Ok((lines, is_parsed))) => {
                all.files += 1;
                all.lines += lines;
                all.refused += usize::from(!is_parsed);
            }
        }
    }
    Ok(all)
}

/// Lists the Rust files; links are not followed, because they may lead in a circle.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&path, files),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|it| it == "rs") => {
                files.push(path);
            }
            _ => {}
        }
    }
}
