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
        switches
            .get(&variable_part(scope))
            .copied()
            .unwrap_or(self.default)
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        if let Some(mut switches) = fork::write(&self.switches) {
            switches.insert(variable_part(scope), on);
        }
    }
}
