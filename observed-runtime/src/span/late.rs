//! Handles of late attributes: set while the function runs, under a key that its annotation declared.

use std::fmt;
use std::marker::PhantomData;

use crate::thread::annotate::{self, Address};
use crate::value::{AttributeValue, Text};

/// Sets a late attribute of the span that declared it with `late(...)`, even while another span is current.
///
/// A value that is set after the span has ended, or on another thread than the one that runs the span, is dropped and
/// counted.
pub struct Late<T> {
    address: Option<Address>,
    index: usize,
    takes: PhantomData<fn(T)>,
}

/// Sets a late text, declared with `late(key: public(T))`.
pub struct LatePublic<T: ?Sized> {
    address: Option<Address>,
    index: usize,
    takes: PhantomData<fn(&T)>,
}

impl<T> Late<T> {
    #[inline]
    pub(super) fn new(address: Option<Address>, index: usize) -> Self {
        Self {
            address,
            index,
            takes: PhantomData,
        }
    }

    /// Records `value`; the last one set counts.
    #[inline]
    pub fn set(self, value: T)
    where
        T: AttributeValue,
    {
        if let Some(address) = self.address {
            annotate::set_late(address, self.index, value.to_value());
        }
    }
}

impl<T: ?Sized> LatePublic<T> {
    #[inline]
    pub(super) fn new(address: Option<Address>, index: usize) -> Self {
        Self {
            address,
            index,
            takes: PhantomData,
        }
    }

    /// Copies the text; the last one set counts.
    #[inline]
    pub fn set(self, text: &T)
    where
        T: Text,
    {
        if let Some(address) = self.address {
            annotate::set_late(address, self.index, text.to_text());
        }
    }
}

impl<T> Clone for Late<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Late<T> {}

impl<T: ?Sized> Clone for LatePublic<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for LatePublic<T> {}

impl<T> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Late").finish_non_exhaustive()
    }
}

impl<T: ?Sized> fmt::Debug for LatePublic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LatePublic").finish_non_exhaustive()
    }
}
