//! The files of the TLS settings: regular ones of a bounded size, so that reading one ends.

use std::fs::{self, File};
use std::io::Read;

use crate::config::TlsFile;

/// Far more than the authorities of a machine have.
const MOST: u64 = 1024 * 1024;

/// What the file holds.
///
/// # Errors
/// Names the variable and never the file, which is its value.
pub(super) fn read(file: &TlsFile) -> Result<Vec<u8>, String> {
    let unusable = |why: &str| format!("{} names a file that {why}", file.variable);
    let unreadable = |error: std::io::Error| unusable(&format!("cannot be read: {}", error.kind()));
    // Asked before it is opened: that of a pipe waits for who writes into it.
    if !fs::metadata(&file.path).map_err(unreadable)?.is_file() {
        return Err(unusable("is no regular file"));
    }
    let mut read = Vec::new();
    let opened = File::open(&file.path).map_err(unreadable)?;
    opened
        .take(MOST + 1)
        .read_to_end(&mut read)
        .map_err(unreadable)?;
    if read.len() as u64 > MOST {
        return Err(unusable("is larger than 1 MiB"));
    }
    Ok(read)
}
