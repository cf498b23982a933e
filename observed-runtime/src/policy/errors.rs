//! R12: the text of an error, asked like a mark: of the type itself, then of what it dereferences to.
#![expect(clippy::unused_self, reason = "they are found by their receiver")]

use std::error::Error;
use std::ops::Deref;

use super::autoderef::{FourTimes, Nobody, Once, Probe, Thrice, Twice};

/// Never implemented: its absence is the message.
#[diagnostic::on_unimplemented(
    message = "the text of an error is never recorded [R12-error-text]",
    label = "its type is an error, or leads to one",
    note = "error texts quote what they failed on; write `err` or `err = error.code()`, or record a kind: a derived enum, a \
            status code, public_static(error.code())"
)]
pub trait NoError {}

impl<T: Error + ?Sized> Probe<T, 0> {
    /// Refuses.
    pub fn text_may_be_recorded(&self)
    where
        T: NoError,
    {
    }
}

impl<T: Deref<Target: Error> + ?Sized> Once<T, 0> {
    /// Refuses.
    pub fn text_may_be_recorded(&self)
    where
        T::Target: NoError,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Error>> + ?Sized> Twice<T, 0> {
    /// Refuses.
    pub fn text_may_be_recorded(&self)
    where
        <T::Target as Deref>::Target: NoError,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Deref<Target: Error>>> + ?Sized> Thrice<T, 0> {
    /// Refuses.
    pub fn text_may_be_recorded(&self)
    where
        <<T::Target as Deref>::Target as Deref>::Target: NoError,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Deref<Target: Deref<Target: Error>>>> + ?Sized>
    FourTimes<T, 0>
{
    /// Refuses.
    pub fn text_may_be_recorded(&self)
    where
        <<<T::Target as Deref>::Target as Deref>::Target as Deref>::Target: NoError,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> Nobody<T, FIELD> {
    /// The text is nobody's error.
    #[inline]
    pub fn text_may_be_recorded(&self) {}
}
