//! The derives: what their input says, and whether it is valid.

mod arguments;
mod classified;
mod value;

pub use classified::{Classified, classified, field_number};
pub use value::{Derived, Shape, value};
