//! What of the service's spans was reviewed; under it nothing else leaves.

/// The workspace's lock, of the revision that is built.
pub const LOCK: &str = include_str!("../../observed.lock");
