//! Which scopes of the program are recorded.

use std::collections::BTreeMap;
use std::sync::RwLock;

use crate::config::variable_part;
use crate::fork;

/// The switches of the scopes.
#[derive(Debug)]
pub(crate) struct Scopes {
    switches: RwLock<BTreeMap<String, bool>>,
    /// What a scope is that nobody has set.
    default: bool,
}

impl Scopes {
    /// Scopes as the settings say; one that they do not name is off.
    pub(crate) fn set(switches: BTreeMap<String, bool>) -> Self {
        Self {
            switches: RwLock::new(switches),
            default: false,
        }
    }

    /// For captures: everything is recorded.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn all_on() -> Self {
        Self {
            switches: RwLock::default(),
            default: true,
        }
    }

    /// True when spans of this scope are recorded; spans without a scope always are.
    #[inline]
    pub(crate) fn is_on(&self, scope: &str) -> bool {
        scope.is_empty() || self.is_switched_on(scope)
    }

    fn is_switched_on(&self, scope: &str) -> bool {
        let Some(switches) = fork::read(&self.switches) else {
            return false;
        };
        // Asked for each span of a scope: a handful of names are compared faster than one is made.
        let found = switches.iter().find(|(name, _)| is_part_of(name, scope));
        found.map_or(self.default, |(_, on)| *on)
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        if let Some(mut switches) = fork::write(&self.switches) {
            switches.insert(variable_part(scope), on);
        }
    }
}

/// True when `name` is the scope as it stands in the name of its variable.
fn is_part_of(name: &str, scope: &str) -> bool {
    let part = |byte: u8| match byte {
        b'.' => b'_',
        byte => byte.to_ascii_uppercase(),
    };
    name.bytes().eq(scope.bytes().map(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_found_by_the_name_of_its_variable() {
        for scope in ["pipeline", "payment.cards", "payment_cards", "a1.b2"] {
            assert!(is_part_of(&variable_part(scope), scope), "{scope}");
        }
        assert!(!is_part_of("PIPELINE", "pipelines") && !is_part_of("PIPELINE", "pipelin"));
        let scopes = Scopes::set(BTreeMap::new());
        assert!(scopes.is_on("") && !scopes.is_on("payment.cards"));
        scopes.switch("payment.cards", true);
        assert!(scopes.is_on("payment.cards"));
    }
}
