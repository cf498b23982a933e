//! Which scopes of the program are recorded.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;

use crate::config::{is_nearly, variable_part};
use crate::fork;

/// The switches of the scopes.
///
/// A thread remembers what it was answered, with the number of the state that the switches were in.
#[derive(Debug)]
pub(crate) struct Scopes {
    /// How often a switch was set.
    state: AtomicU64,
    /// Replaced whole, so that who asks waits for nobody: the worker looks here too.
    switches: ArcSwap<BTreeMap<String, Switch>>,
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
            state: AtomicU64::new(0),
            switches: ArcSwap::from_pointee(
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
    pub(crate) fn ask(&self, scope: &str) -> bool {
        let switches = self.switches.load();
        let found = switches.iter().find(|(name, _)| is_part_of(name, scope));
        if let Some((_, switch)) = found {
            return switch.on;
        }
        if !switches.is_empty() {
            self.meet(scope);
        }
        self.default
    }

    /// Notes a scope that has no switch, where some other has one.
    fn meet(&self, scope: &str) {
        let (on, by) = (self.default, By::Span);
        self.change(|switches| {
            switches
                .entry(variable_part(scope))
                .or_insert(Switch { on, by });
        });
        self.has_met.store(true, Ordering::Release);
    }

    pub(crate) fn switch(&self, scope: &str, on: bool) {
        let by = By::Program;
        self.change(|switches| {
            switches
                .entry(variable_part(scope))
                .and_modify(|switch| switch.on = on)
                .or_insert(Switch { on, by });
        });
        // After the change: who sees the new number finds the new switch.
        self.state.fetch_add(1, Ordering::Release);
    }

    /// Replaces the switches by changed ones, and returns those before.
    fn change(
        &self,
        change: impl Fn(&mut BTreeMap<String, Switch>),
    ) -> Arc<BTreeMap<String, Switch>> {
        self.switches.rcu(|before| {
            let mut switches = BTreeMap::clone(before);
            change(&mut switches);
            switches
        })
    }

    /// Says of each scope that was met without a switch, once, which one may have been meant for it. For the worker.
    pub(crate) fn tell(&self) -> Vec<String> {
        if !self.has_met.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        let warnings = self.misspelled();
        if let Some(mut told) = fork::lock(&self.told) {
            told.extend(warnings.iter().cloned());
        }
        warnings
    }

    fn misspelled(&self) -> Vec<String> {
        let looked_at = |switches: &mut BTreeMap<String, Switch>| {
            for switch in switches.values_mut().filter(|it| it.by == By::Span) {
                switch.by = By::Program;
            }
        };
        let before = self.change(looked_at);
        let of = |by| before.iter().filter(move |(_, switch)| switch.by == by);
        let met = of(By::Span).map(|(name, _)| name);
        let set: Vec<&String> = of(By::Settings).map(|(name, _)| name).collect();
        let near = |scope: &String| set.iter().find(|name| is_nearly(name, scope));
        let pairs = met.filter_map(|scope| Some((near(scope)?, scope)));
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
