//! Room for lines that are still to come: a full disk is met before an action runs, and not after.

use std::fs::File;
use std::io::{self, Write};

/// The longest line; the names in it are bounded by the rules and the registry.
pub(super) const LONGEST_LINE: u64 = 1_024;
/// Bytes that are reserved at once.
const CHUNK: u64 = 64 * 1_024;

/// Reserves room up to `needed` bytes of a file, and returns up to where it now has room.
#[cfg(target_os = "linux")]
pub(super) fn reserve(file: &File, needed: u64) -> io::Result<u64> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;

    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, needed + CHUNK) {
        Ok(()) => Ok(needed + CHUNK),
        // A file system that reserves nothing: a full disk is then met when the line is written.
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(u64::MAX),
        // The last room there is.
        Err(_) => {
            fallocate(file, FallocateFlags::KEEP_SIZE, 0, needed)?;
            Ok(needed)
        }
    }
}

/// Reserves nothing: there is no way to on this system that keeps the file's length.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "it fails on Linux")]
pub(super) fn reserve(_: &File, _: u64) -> io::Result<u64> {
    Ok(u64::MAX)
}

/// Asks a device or a pipe whether it takes anything at all: one that is full says so to a write of nothing.
pub(super) fn ask(mut device: &File) -> io::Result<()> {
    device.write(&[]).map(drop)
}
