//! The hot path: clock, one span's record, the thread's open spans, and the chunk of words that it ends them into.

pub(crate) mod ages;
pub(crate) mod annotate;
pub(crate) mod chunk;
pub(crate) mod clock;
pub(crate) mod desk;
pub(crate) mod encode;
pub(crate) mod event;
pub(crate) mod finished;
mod frame;
pub(crate) mod intern;
pub(crate) mod kept;
pub(crate) mod ledger;
pub(crate) mod local;
pub(crate) mod open;
pub(crate) mod start;
pub(crate) mod thread;
mod words;
