//! How the log is kept.

/// When a line is on the disk and not only in the operating system's hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Fsync {
    /// When the operating system likes: a killed process loses nothing, a power failure some seconds.
    #[default]
    Never,
    /// Before the request is answered.
    Always,
}

/// How the log is kept.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// When a line is on the disk.
    pub fsync: Fsync,
    /// Bytes of one file, above which another one is begun.
    pub file_bytes: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            fsync: Fsync::Never,
            file_bytes: 64 * 1_024 * 1_024,
        }
    }
}
