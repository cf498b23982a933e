//! The span of a future: to be started at the first poll, or started already.

use super::Site;
use super::guard::checked_parent;
use crate::context::Context;
use crate::record::start;
use crate::record::thread::Entry;
use crate::switch;

/// The span of a future. Two words: most futures of a program are not recorded.
#[derive(Debug)]
pub struct Begun(State);

#[derive(Debug)]
enum State {
    /// To be started at the first poll, without a parent if so said.
    Later { site: &'static Site, root: bool },
    /// Started, ended or not recorded.
    Now(Option<Box<Entry>>),
}

/// The span of `site`, to be started under the context that is current at the first poll.
#[inline]
pub fn later(site: &'static Site) -> Begun {
    Begun(State::Later { site, root: false })
}

/// The span of `site`, to be started at the first poll as the root of a trace.
#[inline]
pub fn later_root(site: &'static Site) -> Begun {
    Begun(State::Later { site, root: true })
}

impl Begun {
    #[inline]
    pub(super) fn started(entry: Option<Box<Entry>>) -> Self {
        Self(State::Now(entry))
    }

    /// Starts a span that was to be started at the first poll.
    #[inline]
    pub(super) fn start_now(&mut self) {
        if let State::Later { site, root } = self.0 {
            let start = || start::start(site, root.then(Context::default));
            self.0 = State::Now(switch::is_on().then(start).flatten());
        }
    }

    /// The entry of a started span that is recorded, or whose decision not to be must reach others.
    #[inline]
    pub(super) fn entry(&mut self) -> Option<&mut Option<Box<Entry>>> {
        match &mut self.0 {
            State::Now(entry) if entry.is_some() => Some(entry),
            _ => None,
        }
    }

    /// The entry alone; the span does not start any more.
    pub(super) fn take(&mut self) -> Option<Box<Entry>> {
        match &mut self.0 {
            State::Now(entry) => entry.take(),
            State::Later { .. } => None,
        }
    }
}

/// Starts the span of `site` under the current context; called at the first poll of an `async fn`.
#[inline]
pub fn begin(site: &'static Site) -> Begun {
    Begun::started(if switch::is_on() {
        start::start(site, None)
    } else {
        None
    })
}

/// Starts the span of `site` under `parent`, which is asked for only when the span may be recorded.
#[inline]
pub fn begin_under(site: &'static Site, parent: &dyn Fn() -> Context) -> Begun {
    Begun::started(if switch::is_on() {
        start::start(site, checked_parent(parent))
    } else {
        None
    })
}
