//! Which scopes of the program are recorded.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, RwLock};

use crate::config::{is_nearly, variable_part};
use crate::fork;

/// The switches of the scopes.
///
/// A thread remembers what it was answered, with the number of the state that the switches were in.
#[derive(Debug)]
pub(crate) struct Scopes {
    /// How often a switch was set.
    state: AtomicU64,
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

/// Whether spans of a scope are recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) is_on: bool,
    /// Whether it stands until a switch is set.
    pub(crate) is_final: bool,
}

impl Scopes {
    /// Scopes as the settings say; one that they do not name is off.
    pub(crate) fn set(switches: BTreeMap<String, bool>) -> Self {
        let by = By::Settings;
        let switches = switches.into_iter();
        Self {
            state: AtomicU64::new(0),
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

    /// The number of the state that the switches are in; an answer is good for as long as it stays.
    #[inline]
    pub(crate) fn state(&self) -> u64 {
        self.state.load(Ordering::Acquire)
    }

    /// Answers whether spans of this scope are recorded.
    pub(crate) fn ask(&self, scope: &str) -> Answer {
        match self.switched(scope) {
            Some(is_on) => Answer {
                is_on,
                is_final: true,
            },
            None => Answer {
                is_on: self.default,
                is_final: self.meet(scope),
            },
        }
    }

    /// What the scope's switch says, if it has one.
    fn switched(&self, scope: &str) -> Option<bool> {
        let switches = fork::read(&self.switches)?;
        let found = switches.iter().find(|(name, _)| is_part_of(name, scope));
        found.map(|(_, switch)| switch.on)
    }

    /// Notes a scope that has no switch, where some other has one. Nobody is waited for: false says that the next span of it
    /// must do it.
    fn meet(&self, scope: &str) -> bool {
        let Ok(mut switches) = self.switches.try_write() else {
            return false;
        };
        if !switches.is_empty() {
            let (on, by) = (self.default, By::Span);
            switches
                .entry(variable_part(scope))
                .or_insert(Switch { on, by });
            self.has_met.store(true, Ordering::Relaxed);
        }
        true
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        if let Some(mut switches) = fork::write(&self.switches) {
            let by = By::Program;
            switches
                .entry(variable_part(scope))
                .and_modify(|switch| switch.on = on)
                .or_insert(Switch { on, by });
            // Under the lock: who sees the new number finds the new switch.
            self.state.fetch_add(1, Ordering::Release);
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

    /// Runs `work` while somebody reads the switches.
    #[cfg(test)]
    pub(crate) fn while_read<R>(&self, work: impl FnOnce() -> R) -> R {
        let _reading = self.switches.read();
        work()
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
