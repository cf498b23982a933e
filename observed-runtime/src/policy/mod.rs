//! R7: which fields of a type are personal data, asked when an annotation is compiled.
//!
//! `#[derive(Classified)]` says for each field marked `#[pii]` that the type is [`Flagged`] under a number made of the
//! field's name. For every field that an attribute names, the expansion asks the type that the field belongs to: by
//! method look-up, which tries the type itself first, then what it dereferences to, once, twice, three and four times,
//! and takes the last, permissive answer for types without a mark. All of it is types; nothing runs.

mod ranks;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use ranks::Probe;

/// A type whose fields may be marked `#[pii]`; derived, never written by hand.
///
/// A whole value of such a type cannot be recorded, whatever it implements. Its unmarked fields can.
///
/// ```
/// use observed_runtime::{Classified, observed};
///
/// #[derive(Classified)]
/// struct Customer {
///     tier: u8,
///     #[pii]
///     contact: String,
/// }
///
/// #[observed(name = "price_order", attrs(customer.tier))]
/// fn price(customer: &Customer) -> usize {
///     customer.contact.len()
/// }
/// # let _ = price(&Customer { tier: 1, contact: String::new() });
/// ```
///
/// ```compile_fail,E0277
/// # use observed_runtime::{Classified, observed};
/// # #[derive(Classified)]
/// # struct Customer { #[pii] contact: String }
/// #[observed(name = "price_order", attrs(length = customer.contact.len()))]
/// fn price(customer: &Customer) {}
/// ```
pub trait Classified {}

/// Implemented by both derives, so that no type can have both: what may be recorded as a whole has no marked fields.
pub trait OnePolicy {}

macro_rules! addresses {
    ($($address:ty),+) => {$(
        // An address of a person's device; it has a `Display`.
        impl Classified for $address {}
    )+};
}

addresses!(
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6
);

/// A type whose field with this number is marked `#[pii]`.
pub trait Flagged<const FIELD: u64> {}

/// Asks the type of a value; called in code that never runs.
#[inline]
pub fn field_of<const FIELD: u64, T: ?Sized>(_: &T) -> Probe<T, FIELD> {
    Probe::NEW
}

/// Asks a type that is written in a signature.
#[inline]
#[must_use]
pub fn field_of_type<const FIELD: u64, T: ?Sized>() -> Probe<T, FIELD> {
    Probe::NEW
}

/// Asks whether a value as a whole is classified.
#[inline]
pub fn whole<T: ?Sized>(_: &T) -> Probe<T, 0> {
    Probe::NEW
}

/// Never implemented: its absence is the message.
#[diagnostic::on_unimplemented(
    message = "a field marked #[pii] cannot be recorded, nor anything that is made of it [R7-pii-field]",
    label = "marked #[pii] where its type is declared",
    note = "record a field that is not marked; nothing overrides the mark"
)]
pub trait Unmarked {}

/// Never implemented either.
#[diagnostic::on_unimplemented(
    message = "a value of a `Classified` type cannot be recorded as a whole [R7-whole-value]",
    label = "its type derives `Classified`, or is an IP address",
    note = "record one of its fields that is not marked"
)]
pub trait Unclassified {}
