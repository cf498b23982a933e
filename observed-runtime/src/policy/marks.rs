//! The traits that say which fields are personal data, and those whose absence is the message.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

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
pub trait Marked<const FIELD: u64> {}

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
