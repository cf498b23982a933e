//! A place for an argument that may be given once.

use quote::ToTokens;

use crate::{Diagnostics, Rule};

/// An argument's value with the word that introduced it, or nothing.
pub struct Slot<T> {
    argument: &'static str,
    value: Option<T>,
    given: bool,
}

impl<T> Slot<T> {
    pub(super) fn empty(argument: &'static str) -> Self {
        Self {
            argument,
            value: None,
            given: false,
        }
    }

    /// Notes that the argument was written, readable or not; a repetition is reported on its second word.
    pub(super) fn mark(&mut self, word: impl ToTokens, diagnostics: &mut Diagnostics) -> bool {
        if std::mem::replace(&mut self.given, true) {
            let message = format_args!("`{}` is given twice; keep one", self.argument);
            diagnostics.report(Rule::DuplicateArgument, word, message);
            return false;
        }
        true
    }

    /// Notes that the argument was meant, so that it does not count as missing.
    pub(super) fn expect(&mut self) {
        self.given = true;
    }

    pub(super) fn fill(&mut self, value: T) {
        self.value = Some(value);
    }

    /// True when the argument was written, even if its value could not be read.
    #[must_use]
    pub fn was_given(&self) -> bool {
        self.given
    }

    /// The value, if there is a readable one.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}
