//! What may be recorded: the types that are attribute values (R8) and the wrappers that let text through (R9).

mod any;
mod array;
pub mod kind;
mod pii;
mod scalar;
mod text;

#[cfg(feature = "enable")]
pub(crate) use any::Loss;
pub(crate) use any::{Inner, head};
pub use any::{MAX_TEXT_BYTES, Value};
pub use pii::Pii;
pub use scalar::AttributeValue;
pub use text::Text;
pub(crate) use text::{DisplayText, StaticText};
