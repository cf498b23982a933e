//! What goes to a receiver, and what it took of it.

use hyper::body::Bytes;

/// The body of a request.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    /// Compressed already.
    pub(crate) gzip: bool,
}

/// What a receiver took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivered {
    /// The spans of the request that it refused.
    pub(crate) rejected: u64,
}
