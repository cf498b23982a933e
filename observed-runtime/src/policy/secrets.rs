//! R7: a value that hides what it holds, asked like a mark where an expression opens it by `*` or by a method of what is
//! inside.
//!
//! A wrapper of secrets (`zeroize::Zeroizing`) is known by what it does, because the crate knows nobody's wrappers: it does
//! something when it is dropped, it dereferences to what can be shown, and cannot be shown itself. Pointers and guards can.
#![expect(clippy::unused_self, reason = "they are found by their receiver")]

use std::fmt::Display;
use std::ops::Deref;
use std::sync::LazyLock;

use super::autoderef::{FourTimes, Nobody, Once, Probe, Thrice, Twice};

/// Never implemented: its absence is the message.
#[diagnostic::on_unimplemented(
    message = "what is taken out of a wrapper that hides it cannot be recorded [R7-hidden-value]",
    label = "its type has a `Drop` and no `Display`, and leads to what has one: so do wrappers of secrets",
    note = "record something else; what holds no secret can be shown: give its type a `Display`"
)]
pub trait Open {}

/// Hides what it holds.
pub trait Hiding {}

#[expect(
    drop_bounds,
    reason = "not that something is dropped, but that its author wrote what happens then"
)]
impl<T: Drop + Deref<Target: Display> + ?Sized> Hiding for T {}

impl<T: Display + ?Sized> Probe<T, 0> {
    /// Nothing is hidden that can be shown.
    #[inline]
    pub fn value_may_be_opened(&self) {}
}

impl<T, F> Once<LazyLock<T, F>, 0> {
    /// Hides nothing, and has both a `Drop` and no `Display`.
    #[inline]
    pub fn value_may_be_opened(&self) {}
}

impl<T: Hiding + ?Sized> Twice<T, 0> {
    /// Refuses.
    pub fn value_may_be_opened(&self)
    where
        T: Open,
    {
    }
}

impl<T: Deref<Target: Hiding> + ?Sized> Thrice<T, 0> {
    /// Refuses.
    pub fn value_may_be_opened(&self)
    where
        T::Target: Open,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Hiding>> + ?Sized> FourTimes<T, 0> {
    /// Refuses.
    pub fn value_may_be_opened(&self)
    where
        <T::Target as Deref>::Target: Open,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> Nobody<T, FIELD> {
    /// Nothing is hidden.
    #[inline]
    pub fn value_may_be_opened(&self) {}
}
