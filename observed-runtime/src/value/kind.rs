//! The kind of a value: what a name of the dictionary may stand before (R10), asked of the type where the expression does
//! not show it.

/// A kind of value; sealed by being private to the expansion.
pub trait Kind {}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub struct $name;

        impl Kind for $name {}
    )+};
}

kinds! {
    /// A boolean.
    Flag,
    /// A duration.
    Elapsed,
    /// One of a closed set of names: an enum without fields.
    Name,
    /// A number, or an array of them.
    Number,
    /// Text that a type says may leave.
    PublicText,
}

/// Says that an implementation of `AttributeValue` was not written by hand.
#[diagnostic::on_unimplemented(
    message = "`AttributeValue` is derived, never written by hand, and `{Self}` does not derive it [R8-derived-only]",
    label = "write #[derive(AttributeValue)] on the type",
    note = "an enum without fields and a struct with one field can derive it; of other types record one field, or what a \
            method returns"
)]
pub trait Derived {}
