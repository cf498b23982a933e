//! What the process tells its caller.

/// Nothing was found.
pub(crate) const CLEAN: u8 = 0;
/// Something was found that a person must look at.
pub(crate) const FINDINGS: u8 = 1;
/// The tool could not do its work.
pub(crate) const FAILED: u8 = 2;
