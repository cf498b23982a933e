//! The hot path: clock, one span's record, the thread's open spans and its buffer of finished ones.

pub(crate) mod ages;
pub(crate) mod annotate;
pub(crate) mod clock;
pub(crate) mod event;
pub(crate) mod finished;
pub(crate) mod ledger;
pub(crate) mod local;
pub(crate) mod open;
pub(crate) mod start;
pub(crate) mod thread;
