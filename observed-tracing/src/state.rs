//! What the layer keeps of a listed span, with `tracing`'s own data of it.

use observed_runtime::__private::{Held, Moment};
use observed_runtime::Context;

use crate::list::table::Entry;

/// Of a listed span that is recorded, or whose decision not to be must reach others; kept with `tracing`'s own data.
pub(crate) struct State {
    pub(crate) layer: u64,
    pub(crate) entry: &'static Entry,
    /// Of a span that is not recorded it may be that of the span around, whose values are its own.
    pub(crate) context: Context,
    pub(crate) is_recorded: bool,
    /// None while it is entered somewhere.
    pub(crate) held: Option<Held>,
    /// Events of other threads than the one that has it entered.
    pub(crate) waiting: Vec<Moment>,
}

/// Events that wait for a span, at most: as many as a span has by default.
const MOST_WAITING: usize = 128;

impl State {
    /// Gives an event to the span, or keeps it until another thread leaves that.
    pub(crate) fn tell(&mut self, moment: Moment) {
        match &mut self.held {
            _ if !self.is_recorded => {}
            Some(held) => held.add(moment),
            None if self.waiting.len() < MOST_WAITING => self.waiting.push(moment),
            None => moment.lost(&self.context),
        }
    }

    /// Holds the span again.
    pub(crate) fn take_back(&mut self, mut held: Option<Held>) {
        if let Some(held) = &mut held {
            self.waiting.drain(..).for_each(|moment| held.add(moment));
        }
        self.held = held;
    }
}
