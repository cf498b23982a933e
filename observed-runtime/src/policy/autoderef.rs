//! Autoderef specialisation: a method look-up that asks type after type, and takes the first whose bounds hold.
//!
//! The order in which a field's owner is asked: itself, then through one to four dereferences, then nobody.
//!
//! Each rank dereferences to the next one, and method look-up takes the first whose bounds hold. Inherent methods, because
//! traits would have to be brought into scope at every annotation: that alone took half a millisecond of its build.
//! Written out, because a `macro_rules` would show in every message.
#![expect(clippy::unused_self, reason = "they are found by their receiver")]

use std::marker::PhantomData;
use std::ops::Deref;

use super::marks::{Classified, Marked, Unclassified, Unmarked};

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

/// What is asked, the type itself first: a type and the number of a field.
#[derive(Debug)]
pub struct Probe<T: ?Sized, const FIELD: u64>(Once<T, FIELD>);

impl<T: ?Sized, const FIELD: u64> Probe<T, FIELD> {
    pub(super) const NEW: Self = Self(Once::NEW);
}

impl<T: ?Sized, const FIELD: u64> Deref for Probe<T, FIELD> {
    type Target = Once<T, FIELD>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Marked<FIELD> + ?Sized, const FIELD: u64> Probe<T, FIELD> {
    /// Refuses.
    pub fn field_may_be_recorded(&self)
    where
        T: Unmarked,
    {
    }
}

impl<T: Classified + ?Sized> Probe<T, 0> {
    /// Refuses.
    pub fn value_may_be_recorded(&self)
    where
        T: Unclassified,
    {
    }
}

/// Then what it dereferences to, once.
#[derive(Debug)]
pub struct Once<T: ?Sized, const FIELD: u64>(Twice<T, FIELD>);

impl<T: ?Sized, const FIELD: u64> Once<T, FIELD> {
    pub(super) const NEW: Self = Self(Twice::NEW);
}

impl<T: ?Sized, const FIELD: u64> Deref for Once<T, FIELD> {
    type Target = Twice<T, FIELD>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Deref<Target: Marked<FIELD>> + ?Sized, const FIELD: u64> Once<T, FIELD> {
    /// Refuses.
    pub fn field_may_be_recorded(&self)
    where
        T::Target: Unmarked,
    {
    }
}

impl<T: Deref<Target: Classified> + ?Sized> Once<T, 0> {
    /// Refuses.
    pub fn value_may_be_recorded(&self)
    where
        T::Target: Unclassified,
    {
    }
}

/// Then what it dereferences to, twice.
#[derive(Debug)]
pub struct Twice<T: ?Sized, const FIELD: u64>(Thrice<T, FIELD>);

impl<T: ?Sized, const FIELD: u64> Twice<T, FIELD> {
    pub(super) const NEW: Self = Self(Thrice::NEW);
}

impl<T: ?Sized, const FIELD: u64> Deref for Twice<T, FIELD> {
    type Target = Thrice<T, FIELD>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Deref<Target: Deref<Target: Marked<FIELD>>> + ?Sized, const FIELD: u64> Twice<T, FIELD> {
    /// Refuses.
    pub fn field_may_be_recorded(&self)
    where
        <T::Target as Deref>::Target: Unmarked,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Classified>> + ?Sized> Twice<T, 0> {
    /// Refuses.
    pub fn value_may_be_recorded(&self)
    where
        <T::Target as Deref>::Target: Unclassified,
    {
    }
}

/// Then what it dereferences to, three times.
#[derive(Debug)]
pub struct Thrice<T: ?Sized, const FIELD: u64>(FourTimes<T, FIELD>);

impl<T: ?Sized, const FIELD: u64> Thrice<T, FIELD> {
    pub(super) const NEW: Self = Self(FourTimes::NEW);
}

impl<T: ?Sized, const FIELD: u64> Deref for Thrice<T, FIELD> {
    type Target = FourTimes<T, FIELD>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Deref<Target: Deref<Target: Deref<Target: Marked<FIELD>>>> + ?Sized, const FIELD: u64>
    Thrice<T, FIELD>
{
    /// Refuses.
    pub fn field_may_be_recorded(&self)
    where
        <<T::Target as Deref>::Target as Deref>::Target: Unmarked,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Deref<Target: Classified>>> + ?Sized> Thrice<T, 0> {
    /// Refuses.
    pub fn value_may_be_recorded(&self)
    where
        <<T::Target as Deref>::Target as Deref>::Target: Unclassified,
    {
    }
}

/// Then what it dereferences to, four times.
#[derive(Debug)]
pub struct FourTimes<T: ?Sized, const FIELD: u64>(Nobody<T, FIELD>);

impl<T: ?Sized, const FIELD: u64> FourTimes<T, FIELD> {
    pub(super) const NEW: Self = Self(Nobody::NEW);
}

impl<T: ?Sized, const FIELD: u64> Deref for FourTimes<T, FIELD> {
    type Target = Nobody<T, FIELD>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<
    T: Deref<Target: Deref<Target: Deref<Target: Deref<Target: Marked<FIELD>>>>> + ?Sized,
    const FIELD: u64,
> FourTimes<T, FIELD>
{
    /// Refuses.
    pub fn field_may_be_recorded(&self)
    where
        <<<T::Target as Deref>::Target as Deref>::Target as Deref>::Target: Unmarked,
    {
    }
}

impl<T: Deref<Target: Deref<Target: Deref<Target: Deref<Target: Classified>>>> + ?Sized>
    FourTimes<T, 0>
{
    /// Refuses.
    pub fn value_may_be_recorded(&self)
    where
        <<<T::Target as Deref>::Target as Deref>::Target as Deref>::Target: Unclassified,
    {
    }
}

/// The last answer, where no rank refuses.
#[derive(Debug)]
pub struct Nobody<T: ?Sized, const FIELD: u64>(PhantomData<T>);

impl<T: ?Sized, const FIELD: u64> Nobody<T, FIELD> {
    const NEW: Self = Self(PhantomData);

    /// Nobody has marked the field.
    #[inline]
    pub fn field_may_be_recorded(&self) {}

    /// The value has no marked fields.
    #[inline]
    pub fn value_may_be_recorded(&self) {}
}
