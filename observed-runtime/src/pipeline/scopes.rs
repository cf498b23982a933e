//! Which scopes of the program are recorded.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, RwLock};

use crate::config::{is_nearly, variable_part};
use crate::fork;

/// The switches of the scopes.
#[derive(Debug)]
pub(crate) struct Scopes {
    switches: RwLock<BTreeMap<String, Switch>>,
    /// What a scope is that nobody has set.
    default: bool,
    /// A scope without a switch was met since the worker last looked.
    has_met: AtomicBool,
    /// What the worker has told.
    told: Mutex<Vec<String>>,
}

#[derive(Clone, Copy, Debug)]
struct Switch {
    on: bool,
    by: By,
}

/// How a switch came to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The settings.
    Settings,
    /// The program, while it runs; or it was met and looked at.
    Program,
    /// A span whose scope has no switch.
    Span,
}

impl Scopes {
    /// Scopes as the settings say; one that they do not name is off.
    pub(crate) fn set(switches: BTreeMap<String, bool>) -> Self {
        let by = By::Settings;
        let switches = switches.into_iter();
        Self {
            switches: RwLock::new(
                switches
                    .map(|(name, on)| (name, Switch { on, by }))
                    .collect(),
            ),
            default: false,
            has_met: AtomicBool::new(false),
            told: Mutex::default(),
        }
    }

    /// For captures: everything is recorded.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn all_on() -> Self {
        Self {
            default: true,
            ..Self::set(BTreeMap::new())
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
        if let Some((_, switch)) = found {
            return switch.on;
        }
        if !switches.is_empty() {
            drop(switches);
            self.meet(scope);
        }
        self.default
    }

    /// Notes a scope that has no switch, where some other has one: the next span of it finds it. Nobody is waited for,
    /// because the next span can do it too.
    fn meet(&self, scope: &str) {
        if let Ok(mut switches) = self.switches.try_write() {
            let (on, by) = (self.default, By::Span);
            switches
                .entry(variable_part(scope))
                .or_insert(Switch { on, by });
            self.has_met.store(true, Ordering::Relaxed);
        }
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        if let Some(mut switches) = fork::write(&self.switches) {
            let by = By::Program;
            switches
                .entry(variable_part(scope))
                .and_modify(|switch| switch.on = on)
                .or_insert(Switch { on, by });
        }
    }

    /// Says of each scope that was met without a switch, once, which one may have been meant for it. For the worker.
    pub(crate) fn tell(&self) -> Vec<String> {
        if !self.has_met.swap(false, Ordering::Relaxed) {
            return Vec::new();
        }
        let warnings = self.misspelled();
        if let Some(mut told) = fork::lock(&self.told) {
            told.extend(warnings.iter().cloned());
        }
        warnings
    }

    fn misspelled(&self) -> Vec<String> {
        let Some(mut switches) = fork::write(&self.switches) else {
            return Vec::new();
        };
        let (mut met, mut set) = (Vec::new(), Vec::new());
        for (name, switch) in switches.iter_mut() {
            match switch.by {
                By::Span => {
                    switch.by = By::Program;
                    met.push(name.clone());
                }
                By::Settings => set.push(name.clone()),
                By::Program => {}
            }
        }
        drop(switches);
        let near = |scope: &String| set.iter().find(|name| is_nearly(name, scope)).cloned();
        let pairs = met
            .into_iter()
            .filter_map(|scope| Some((near(&scope)?, scope)));
        pairs
            .map(|(name, scope)| {
                format!(
                    "OBSERVED_{name}_ENABLED is set, and a scope without a switch was met: is OBSERVED_{scope}_ENABLED meant?"
                )
            })
            .collect()
    }

    /// What was told so far.
    pub(crate) fn told(&self) -> Vec<String> {
        fork::lock(&self.told).map_or_else(Vec::new, |told| told.clone())
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
mod tests;
