//! `OBSERVED_<SCOPE>_ENABLED`: switches of parts of a program, off by default, so that a roll-out goes part by part.

use std::collections::BTreeMap;

use super::{Reader, Source, known};

/// The scopes that are set, by the name that [`variable_part`] gives them.
pub(super) fn read(source: &Source, reader: &mut Reader<'_>) -> BTreeMap<String, bool> {
    let mut scopes = BTreeMap::new();
    for name in source.names() {
        if let Some(scope) = known::scope(name) {
            scopes.insert(scope.to_owned(), reader.switch(name, false));
        }
    }
    scopes
}

/// A scope as it stands in the name of its variable: `payment.cards` is `PAYMENT_CARDS`.
pub(crate) fn variable_part(scope: &str) -> String {
    scope.replace('.', "_").to_ascii_uppercase()
}
