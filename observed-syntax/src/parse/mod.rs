//! Reads the arguments of an annotation, spans included; it asks only whether they can be read.

mod arguments;
mod attributes;
mod cursor;
mod form;
mod keyword;
mod late;
mod list;
mod name;
mod read;
mod record;
mod records;
mod slot;
mod unread;

pub use arguments::{Arguments, arguments};
pub use attributes::{AttributeEntry, Key};
pub use form::Form;
pub use late::{LateEntry, LateType};
pub use name::{NameArgument, RouteArgument};
pub use read::ErrArgument;
pub use record::{Failure, Recording, recording};
pub use records::{Record, records};
pub use slot::Slot;
