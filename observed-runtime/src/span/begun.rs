//! The span of a future: to be started at the first poll, or started already.

use super::Site;
use super::guard::{asks_for_parent, checked_parent};
use crate::identity::Context;
use crate::switch;
use crate::thread::SuspendedSpan;
use crate::thread::start;

/// The span of a future, started now or later; sealed by being private to the expansion.
pub trait Begin {
    /// Starts a span that was to be started at the first poll; called in every poll.
    fn start_now(&mut self);

    /// What a future holds of a started span that is recorded, or whose decision not to be must reach others.
    #[doc(hidden)]
    fn slot(&mut self) -> Option<&mut Slot>;

    /// Takes it; the span does not start any more.
    #[doc(hidden)]
    fn take(&mut self) -> Slot;
}

/// What a future holds between polls, in eight bytes: most futures of a program are not recorded.
#[derive(Debug, Default)]
pub struct Slot(pub(super) Option<Box<SuspendedSpan>>);

/// A span that has been started, or is not recorded.
#[derive(Debug)]
pub struct Begun(Slot);

impl Begun {
    #[inline]
    pub(super) fn started(suspended: Option<Box<SuspendedSpan>>) -> Self {
        Self(Slot(suspended))
    }
}

impl Begin for Begun {
    #[inline]
    fn start_now(&mut self) {}

    #[inline]
    fn slot(&mut self) -> Option<&mut Slot> {
        self.0.0.is_some().then_some(&mut self.0)
    }

    fn take(&mut self) -> Slot {
        std::mem::take(&mut self.0)
    }
}

/// A span to be started at the first poll.
#[derive(Debug)]
pub struct Later(State);

#[derive(Debug)]
enum State {
    /// To be started, without a parent if so said.
    Later { site: &'static Site, root: bool },
    /// Started, ended or not recorded.
    Now(Slot),
}

/// The span of `site`, to be started under the context that is current at the first poll.
#[inline]
pub fn later(site: &'static Site) -> Later {
    Later(State::Later { site, root: false })
}

/// The span of `site`, to be started at the first poll as the root of a trace.
#[inline]
pub fn later_root(site: &'static Site) -> Later {
    Later(State::Later { site, root: true })
}

impl Begin for Later {
    #[inline]
    fn start_now(&mut self) {
        if let State::Later { site, root } = self.0 {
            let start = || start::start_suspended(site, root.then(Context::default));
            self.0 = State::Now(Slot(switch::is_on().then(start).flatten()));
        }
    }

    #[inline]
    fn slot(&mut self) -> Option<&mut Slot> {
        match &mut self.0 {
            State::Now(slot) if slot.0.is_some() => Some(slot),
            _ => None,
        }
    }

    fn take(&mut self) -> Slot {
        match &mut self.0 {
            State::Now(slot) => std::mem::take(slot),
            State::Later { .. } => Slot::default(),
        }
    }
}

/// Starts the span of `site` under the current context; called at the first poll of an `async fn`.
#[inline]
pub fn begin(site: &'static Site) -> Begun {
    Begun::started(if switch::is_on() {
        start::start_suspended(site, None)
    } else {
        None
    })
}

/// Starts the span of `site` as the root of a trace.
#[inline]
pub fn begin_root(site: &'static Site) -> Begun {
    Begun::started(if switch::is_on() {
        start::start_suspended(site, Some(Context::default()))
    } else {
        None
    })
}

/// Starts the span of `site` under `parent`. Where it is not recorded, the parent is current without a span.
#[inline]
pub fn begin_under(site: &'static Site, parent: &dyn Fn() -> Context) -> Begun {
    Begun::started(if asks_for_parent() {
        start::start_suspended(site, checked_parent(parent))
    } else {
        None
    })
}
