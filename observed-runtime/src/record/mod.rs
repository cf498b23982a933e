//! The hot path: clock, one span's record, the thread's open spans, and the chunk of words that it ends them into.

pub(crate) mod ages;
pub(crate) mod annotate;
mod announce;
pub(crate) mod attached;
pub(crate) mod chunk;
pub(crate) mod clock;
pub(crate) mod desk;
pub(crate) mod encode;
pub(crate) mod ending;
pub(crate) mod event;
pub(crate) mod finished;
mod frame;
pub(crate) mod intern;
pub(crate) mod kept;
pub(crate) mod ledger;
pub(crate) mod local;
pub(crate) mod open;
mod stack;
pub(crate) mod start;
pub(crate) mod thread;
mod words;
