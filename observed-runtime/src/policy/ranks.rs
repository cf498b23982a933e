//! The order in which a field's owner is asked: itself, then through one to four dereferences, then nobody.
//!
//! Method look-up takes the candidate with the fewest references first, so the first rank stands on the most of them.

use std::ops::Deref;

use super::{Classified, Flagged, Probe, Unclassified, Unmarked};

/// The type itself is asked first.
pub trait ItselfField {
    /// Refuses.
    fn field_may_be_recorded(&self)
    where
        Self: Unmarked,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> ItselfField for &&&&Probe<T, FIELD> where T: Flagged<FIELD> {}

/// Then what it dereferences to, once.
pub trait OnceField {
    /// Refuses.
    fn field_may_be_recorded(&self)
    where
        Self: Unmarked,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> OnceField for &&&Probe<T, FIELD> where
    T: Deref<Target: Flagged<FIELD>>
{
}

/// Then what it dereferences to, twice.
pub trait TwiceField {
    /// Refuses.
    fn field_may_be_recorded(&self)
    where
        Self: Unmarked,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> TwiceField for &&Probe<T, FIELD> where
    T: Deref<Target: Deref<Target: Flagged<FIELD>>>
{
}

/// Then what it dereferences to, three times.
pub trait ThriceField {
    /// Refuses.
    fn field_may_be_recorded(&self)
    where
        Self: Unmarked,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> ThriceField for &Probe<T, FIELD> where
    T: Deref<Target: Deref<Target: Deref<Target: Flagged<FIELD>>>>
{
}

/// Then what it dereferences to, four times.
pub trait FourTimesField {
    /// Refuses.
    fn field_may_be_recorded(&self)
    where
        Self: Unmarked,
    {
    }
}

impl<T: ?Sized, const FIELD: u64> FourTimesField for Probe<T, FIELD> where
    T: Deref<Target: Deref<Target: Deref<Target: Deref<Target: Flagged<FIELD>>>>>
{
}

/// The type itself is asked first.
pub trait ItselfValue {
    /// Refuses.
    fn value_may_be_recorded(&self)
    where
        Self: Unclassified,
    {
    }
}

impl<T: ?Sized> ItselfValue for &&&&Probe<T, 0> where T: Classified {}

/// Then what it dereferences to, once.
pub trait OnceValue {
    /// Refuses.
    fn value_may_be_recorded(&self)
    where
        Self: Unclassified,
    {
    }
}

impl<T: ?Sized> OnceValue for &&&Probe<T, 0> where T: Deref<Target: Classified> {}

/// Then what it dereferences to, twice.
pub trait TwiceValue {
    /// Refuses.
    fn value_may_be_recorded(&self)
    where
        Self: Unclassified,
    {
    }
}

impl<T: ?Sized> TwiceValue for &&Probe<T, 0> where T: Deref<Target: Deref<Target: Classified>> {}

/// Then what it dereferences to, three times.
pub trait ThriceValue {
    /// Refuses.
    fn value_may_be_recorded(&self)
    where
        Self: Unclassified,
    {
    }
}

impl<T: ?Sized> ThriceValue for &Probe<T, 0> where
    T: Deref<Target: Deref<Target: Deref<Target: Classified>>>
{
}

/// Then what it dereferences to, four times.
pub trait FourTimesValue {
    /// Refuses.
    fn value_may_be_recorded(&self)
    where
        Self: Unclassified,
    {
    }
}

impl<T: ?Sized> FourTimesValue for Probe<T, 0> where
    T: Deref<Target: Deref<Target: Deref<Target: Deref<Target: Classified>>>>
{
}
