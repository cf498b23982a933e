//! Which scopes of the program are recorded.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use crate::config::variable_part;

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
        let switches = self.switches.read().unwrap_or_else(PoisonError::into_inner);
        switches
            .get(&variable_part(scope))
            .copied()
            .unwrap_or(self.default)
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        let mut switches = self
            .switches
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        switches.insert(variable_part(scope), on);
    }
}
