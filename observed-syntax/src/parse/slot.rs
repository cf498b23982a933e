//! The holder of an argument that may be given once.

use proc_macro2::Ident;
use syn::parse::ParseStream;

use crate::{Diagnostics, Rule};

/// An argument's value, or nothing.
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

    /// Reads the argument that `keyword` introduces; a repetition is reported on its second keyword and not kept. `None`
    /// when the rest of it must be skipped.
    pub(super) fn take(
        &mut self,
        keyword: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&Ident, ParseStream<'_>, &mut Diagnostics) -> Option<T>,
    ) -> Option<()> {
        let repeated = std::mem::replace(&mut self.given, true);
        if repeated {
            let message = format!("`{}` is given twice; keep one", self.argument);
            diagnostics.report(Rule::DuplicateArgument, keyword, message);
        }
        let value = read(keyword, input, diagnostics)?;
        if !repeated {
            self.value = Some(value);
        }
        Some(())
    }

    /// Notes that the argument was meant, so that it does not count as missing.
    pub(super) fn expect(&mut self) {
        self.given = true;
    }

    /// Returns true when the argument was written, even if its value could not be read.
    #[must_use]
    pub fn was_given(&self) -> bool {
        self.given
    }

    /// Returns the value, if there is a readable one.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}
