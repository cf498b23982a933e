//! The files of a log: the one that is written, and those before it, which have a number after their name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the files before the one at `path`, the oldest first.
pub(super) fn before(path: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut numbered = Vec::new();
    for found in fs::read_dir(folder)? {
        let name = found?.file_name();
        if let Some(number) = number_of(&name.to_string_lossy(), path) {
            numbered.push((number, folder.join(name)));
        }
    }
    numbered.sort();
    Ok(numbered.into_iter().map(|(_, path)| path).collect())
}

/// Returns the name that the file at `path` takes when another one is begun.
pub(super) fn next(path: &Path) -> io::Result<PathBuf> {
    let last = before(path)?.pop();
    let last = last.and_then(|last| number_of(&last.file_name()?.to_string_lossy(), path));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{:06}", last.unwrap_or(0) + 1));
    Ok(path.with_file_name(name))
}

fn number_of(name: &str, path: &Path) -> Option<u64> {
    let own = path.file_name()?.to_string_lossy();
    let number = name.strip_prefix(own.as_ref())?.strip_prefix('.')?;
    let is_number = number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_number)
}
