//! Which fields of a type are personal data (R7), and what was reviewed (R21).
//!
//! The first is asked when an annotation is compiled. `#[derive(Classified)]` says for each field marked `#[pii]` that the type is [`Marked`] under a number made of the
//! field's name. For every field that an attribute names, the expansion asks the type that the field belongs to: by
//! method look-up, which tries the type itself first, then what it dereferences to, once, twice, three and four times,
//! and takes the last, permissive answer for types without a mark. All of it is types; nothing runs.

mod autoderef;
mod errors;
#[cfg(feature = "enable")]
mod lock;
mod marks;
mod secrets;

pub use autoderef::{field_of, field_of_type, whole};
#[cfg(feature = "otlp")]
pub(crate) use lock::digest;
#[cfg(feature = "enable")]
pub(crate) use lock::{Lock, What};
pub use marks::{Classified, Marked, OnePolicy};
