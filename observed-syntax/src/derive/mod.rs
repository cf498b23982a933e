//! The derives: what their input says, and whether it is valid.

mod classified;
mod value;

pub use classified::{Classified, classified, field_number};
pub use value::{Derived, Shape, value};

use syn::Path;
use syn::meta::ParseNestedMeta;

/// `crate = path`
fn runtime(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    meta.value()?.call(Path::parse_mod_style)
}
