//! One span's memory, from its annotation to the cells that the worker reads.
//!
//! A [`site::Site`] is what the annotation says, an [`open::OpenSpan`] what is known while the span is open, a
//! [`chunk::Chunk`] the cells that it ends as, and a [`finished::Finished`] what is read from them. Nothing here knows a
//! thread's stack, a pipeline or an exporter.

#[cfg(feature = "enable")]
pub(crate) mod chunk;
#[cfg(feature = "enable")]
pub(crate) mod clock;
#[cfg(feature = "enable")]
pub(crate) mod event;
#[cfg(feature = "enable")]
pub(crate) mod finished;
#[cfg(feature = "enable")]
pub(crate) mod intern;
pub(crate) mod limits;
#[cfg(feature = "enable")]
pub(crate) mod link;
#[cfg(feature = "enable")]
pub(crate) mod open;
#[cfg(feature = "enable")]
pub(crate) mod records;
#[cfg(feature = "enable")]
pub(crate) mod routes;
pub(crate) mod site;
#[cfg(feature = "enable")]
mod sizes;
#[cfg(feature = "enable")]
pub(crate) mod span_codec;
#[cfg(feature = "enable")]
// What records needs a newer compiler than annotations do.
#[clippy::msrv = "1.89"]
pub(crate) mod value_codec;
