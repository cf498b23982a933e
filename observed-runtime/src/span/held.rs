//! A span that somebody else's instrumentation holds: started, entered, left and ended by its calls (`observed-tracing`).
//!
//! It is what a future holds between its polls ([`crate::thread::future`]): current on a thread between `enter` and
//! `leave`, and nowhere else. Each of the two may be called in any order with other spans: what is left is taken off the
//! thread's entries wherever it stands among them.

use std::marker::PhantomData;

use super::Site;
use crate::identity::Context;
use crate::record::clock;
use crate::record::event::Event;
use crate::record::open::Outcome;
use crate::switch;
use crate::thread::attach::{self, Attached};
use crate::thread::{SuspendedSpan, annotate, future, start};
use crate::value::Value;

/// A span that is current nowhere; it ends when it is dropped.
#[derive(Debug)]
#[must_use = "the span ends when this is dropped"]
pub struct Held(Option<Box<SuspendedSpan>>);

/// An event that has its time, for a span that is not at hand yet.
#[derive(Debug)]
pub struct Moment(Event);

/// A held span for the time in which it is current on this thread.
#[derive(Debug)]
#[must_use = "the span is current until it is left"]
pub struct HeldEntered {
    entry: Entry,
    _on_one_thread: PhantomData<*const ()>,
}

#[derive(Debug)]
enum Entry {
    /// The span, by its index on the thread's stack.
    Span(usize),
    /// The context of a span that is current on another thread, or further down on this one.
    Context(#[expect(dead_code, reason = "held until it is left")] Attached),
    Left,
}

impl Held {
    /// Starts the span of `site` under `parent`, or under the current context; `None` where nothing of it is to be known:
    /// tracing is off, or the trace around it is not recorded.
    #[inline]
    #[must_use]
    pub fn start(site: &'static Site, parent: Option<Context>) -> Option<Self> {
        if !switch::is_on() {
            return None;
        }
        start::start_suspended(site, parent).map(|suspended| Self(Some(suspended)))
    }

    /// Whether the span is recorded; else this is the context of one that is not.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.0.as_deref().is_some_and(|held| held.open().is_some())
    }

    /// Where the span stands, for children on other threads.
    #[must_use]
    pub fn context(&self) -> Context {
        let held = self.0.as_deref();
        held.map(SuspendedSpan::context).unwrap_or_default()
    }

    /// Records the attributes of a span that has just begun.
    pub fn record(&mut self, values: &[Value]) {
        if let Some(suspended) = &mut self.0 {
            future::record(suspended, values);
        }
    }

    /// Sets an attribute later; the last value of a key counts.
    pub fn record_late(&mut self, key: usize, value: Value) {
        if let Some(suspended) = &mut self.0 {
            future::set_late(suspended, key, value);
        }
    }

    /// Adds a link.
    pub fn link(&mut self, to: Context) {
        if let Some(suspended) = &mut self.0 {
            future::add_link(suspended, to);
        }
    }

    /// Adds an event.
    pub fn add(&mut self, moment: Moment) {
        if let Some(suspended) = &mut self.0 {
            future::add_event(suspended, moment.0);
        }
    }

    /// Makes the span current on this thread; it comes back where that is not possible.
    ///
    /// # Errors
    ///
    /// The span itself, where the thread is ending.
    pub fn enter(mut self) -> Result<HeldEntered, Self> {
        let Some(suspended) = self.0.take() else {
            return Err(self);
        };
        match future::resume(suspended) {
            Ok(index) => Ok(HeldEntered::of(Entry::Span(index))),
            Err(back) => Err(Self(back)),
        }
    }
}

impl Moment {
    /// The event of `site`, now.
    #[must_use]
    pub fn now(site: &'static Site, values: Vec<Value>) -> Self {
        Self(Event::new(site, clock::now(), values))
    }

    /// Counts it as dropped: the span of `context` will not be at hand.
    pub fn lost(self, context: &Context) {
        annotate::count_lost_event(annotate::Address::of(context));
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(suspended) = self.0.take() {
            future::finish(suspended, Outcome::Returned);
        }
    }
}

impl HeldEntered {
    fn of(entry: Entry) -> Self {
        Self {
            entry,
            _on_one_thread: PhantomData,
        }
    }

    /// Makes the context of a span current that is entered already, on this thread or another.
    pub fn again(context: &Context) -> Self {
        Self::of(Entry::Context(attach::attach(context)))
    }

    /// Takes the span off this thread; `None` where only its context was here.
    #[must_use]
    pub fn leave(mut self) -> Option<Held> {
        self.take()
    }

    fn take(&mut self) -> Option<Held> {
        match std::mem::replace(&mut self.entry, Entry::Left) {
            Entry::Span(index) => {
                let mut suspended = future::suspend(index)?;
                if std::thread::panicking() {
                    // It may end long after the panic that passes through it now.
                    future::note_panic(&mut suspended);
                }
                Some(Held(Some(suspended)))
            }
            Entry::Context(_) | Entry::Left => None,
        }
    }
}

impl Drop for HeldEntered {
    /// Who does not leave it ends it: nothing stays current for ever.
    fn drop(&mut self) {
        drop(self.take());
    }
}

/// Sets an attribute of the span of `context`, which is current on this thread; else it is lost and counted.
pub fn record_late_at(context: &Context, key: usize, value: Value) {
    annotate::set_late(annotate::Address::of(context), key, value);
}

/// Adds an event to the span of `context`, where that stands on this thread's stack; false where it does not.
#[must_use]
pub fn event_at(
    context: &Context,
    site: &'static Site,
    values: impl FnOnce() -> Vec<Value>,
) -> bool {
    let address = annotate::Address::of(context);
    let is_here = annotate::is_here(address);
    if is_here {
        annotate::add_event_at(address, site, values());
    }
    is_here
}

/// Adds an event to the current span of this thread, also where that was entered a second time; false where what is current
/// is the context of a span that another thread has.
#[inline]
#[must_use]
pub fn event_here(site: &'static Site, values: impl FnOnce() -> Vec<Value>) -> bool {
    if !switch::is_on() {
        return true;
    }
    if annotate::takes_events() {
        annotate::add_event(site, values());
        return true;
    }
    let context = attach::current_context();
    !context.is_a_span() || event_at(&context, site, values)
}
