//! The start of a span: who is the parent, which pipeline records, what does the sampler say.

use super::bridge::attach;
use super::frame::{Content, Frame, SuspendedSpan};
use super::state::{Thread, is_silent, with};
use crate::identity::{Context, SpanId, TraceId};
use crate::pipeline::ledger::Count;
use crate::pipeline::registry;
use crate::record::clock;
use crate::record::open::{Beginning, OpenSpan};
use crate::record::site::Site;
use crate::sampling::Decision;
use crate::switch;
use crate::value::Value;

/// The entry of a span that has become current.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entered {
    /// Its index on the thread's stack.
    pub(crate) index: usize,
    /// Whether the span is recorded.
    pub(crate) is_recorded: bool,
}

/// Starts a span for a future to hold between its polls, or the context of one that is not recorded.
pub(crate) fn start_suspended(
    site: &'static Site,
    parent: Option<Context>,
) -> Option<Box<SuspendedSpan>> {
    if parent.is_none() && is_silent() {
        return None;
    }
    if !switch::is_on() {
        return Some(hold(forwarded(parent?, true)?));
    }
    let started = with(|thread| {
        if parent.is_none() && thread.records_under(site).is_some() {
            let mut held = thread.spare();
            if let Some(above) = thread.stack().current().and_then(Frame::open) {
                held.reuse(|span| span.begin_under(above, site));
            }
            return Some(held);
        }
        let is_given = parent.is_some();
        let parent = parent.unwrap_or_else(|| thread.context());
        let started = thread.start_by_context(site, parent, |thread, start| match start {
            Start::Recorded(beginning) => {
                let mut held = thread.spare();
                held.reuse(|span| span.begin(&beginning, site));
                thread.count_age(held.open_mut());
                held
            }
            Start::Not(context) => hold(context.clone()),
        });
        started.map_or_else(|parent| Some(hold(forwarded(parent, is_given)?)), Some)
    });
    started.unwrap_or_else(count_refused)
}

/// What a future holds of a context without a span.
fn hold(context: Context) -> Box<SuspendedSpan> {
    Box::new(SuspendedSpan::Attached(context))
}

/// Starts a span and makes it current.
#[inline]
pub(crate) fn enter(site: &'static Site) -> Option<Entered> {
    enter_and(site, |_, _| ())
}

/// Starts a span with attributes that are at hand, and makes it current: nothing of the user's runs meanwhile.
#[inline]
pub(crate) fn enter_values(site: &'static Site, values: &[Value]) -> Option<Entered> {
    enter_and(site, |thread, index| thread.record_values(index, values))
}

/// Starts a span and makes it current; `record` is given its index, where it is recorded.
#[inline]
fn enter_and(site: &'static Site, record: impl FnOnce(&mut Thread, usize)) -> Option<Entered> {
    if is_silent() {
        return None;
    }
    let entered = with(|thread| {
        let entered = if thread.records_under(site).is_some() {
            let index = thread.push_open(|below, span| {
                if let Some(above) = below.and_then(Frame::open) {
                    span.begin_under(above, site);
                }
            });
            Entered {
                index,
                is_recorded: true,
            }
        } else {
            thread.enter_by_context(site, None)?
        };
        if entered.is_recorded {
            record(thread, entered.index);
        }
        Some(entered)
    });
    attached(entered.unwrap_or_else(count_refused))
}

#[inline]
fn attached(entered: Option<Entered>) -> Option<Entered> {
    entered.inspect(|entered| attach(entered.index))
}

/// Starts a span under `parent` and makes it current; under the current context where there is none.
pub(crate) fn enter_under(site: &'static Site, parent: Option<Context>) -> Option<Entered> {
    if parent.is_none() {
        return enter(site);
    }
    let entered = with(|thread| {
        if switch::is_on() {
            thread.enter_by_context(site, parent)
        } else {
            thread.forward(parent?, true)
        }
    });
    attached(entered.unwrap_or_else(count_refused))
}

/// The parent of a span that nothing records, where it stays current so that it reaches the services that are called
/// (ADR 025): one that the annotation gives, and that names a span.
#[inline]
fn forwarded(parent: Context, is_given: bool) -> Option<Context> {
    (cfg!(feature = "http") && is_given && parent.is_a_span()).then_some(parent)
}

/// What is started. It is handed on by reference: a root is begun where it will lie.
enum Start<'a> {
    Recorded(Beginning<'a>),
    /// A context whose decision not to record must reach its children and the services that it calls.
    Not(&'a Context),
}

#[cold]
fn count_refused<T>() -> Option<T> {
    if let Some(pipeline) = registry::find(registry::global_id()) {
        pipeline.shared.count_shared(Count::Refused, 1);
    }
    None
}

impl Thread {
    /// The recorded span on top of the stack, where one of `site` is recorded under it: there is no decision to take. It
    /// is counted.
    #[inline]
    fn records_under(&self, site: &'static Site) -> Option<&OpenSpan> {
        let above = self.stack().current()?.open()?;
        if self.is_foreign_inside() {
            return None;
        }
        let session = self.known_session(above.pipeline)?;
        if self.is_suppressed() || !session.records(site.scope()) {
            return None;
        }
        session.ledger().count(Count::Opened, 1);
        session.ledger().count(Count::Started, 1);
        Some(above)
    }

    #[inline(never)]
    fn enter_by_context(
        &mut self,
        site: &'static Site,
        parent: Option<Context>,
    ) -> Option<Entered> {
        let is_given = parent.is_some();
        let parent = parent.unwrap_or_else(|| self.context());
        let started = self.start_by_context(site, parent, |thread, start| match start {
            Start::Not(context) => Entered {
                index: thread.push(Content::Attached(Box::new(context.clone()))),
                is_recorded: false,
            },
            Start::Recorded(beginning) => {
                let index = thread.push_open(|_, span| span.begin(&beginning, site));
                thread.note_pushed();
                Entered {
                    index,
                    is_recorded: true,
                }
            }
        });
        started.map_or_else(|parent| self.forward(parent, is_given), Some)
    }

    /// Keeps the parent of a span that nothing records current, where it is to be forwarded.
    fn forward(&mut self, parent: Context, is_given: bool) -> Option<Entered> {
        let parent = forwarded(parent, is_given)?;
        Some(Entered {
            index: self.push(Content::Attached(Box::new(parent))),
            is_recorded: false,
        })
    }

    /// Gives the parent back where nothing records: tracing or the scope is off, there is no pipeline, or the thread is a
    /// worker's.
    #[inline]
    fn start_by_context<R>(
        &mut self,
        site: &'static Site,
        mut parent: Context,
        take: impl FnOnce(&mut Self, Start<'_>) -> R,
    ) -> Result<R, Context> {
        if self.is_suppressed() {
            return Err(parent);
        }
        let pipeline = self.pipeline_for(&parent);
        let Some(session) = self.session(pipeline) else {
            return Err(parent);
        };
        if !session.records(site.scope()) {
            return Err(parent);
        }
        let start = clock::now();
        if !parent.trace_id.is_valid() {
            parent.trace_id = TraceId::random_at(start.raw());
            parent.random = true;
        }
        let continues = parent.is_a_span() && !parent.remote;
        let verdict = session.pipeline.decide(&parent, site.name());
        let decision = verdict.decision;
        let records = matches!(decision, Decision::Record | Decision::Trial)
            && (continues || !session.pipeline.is_paused());
        // Who does not record leaves no threshold to those that come after.
        let threshold = verdict.threshold.filter(|_| records);
        let dropped = parent.trace_state.set_threshold(threshold);
        session.ledger().count(Count::StateMember, dropped);
        if records {
            let on_trial = decision == Decision::Trial;
            let is_sampled = u64::from(!continues && !on_trial);
            session.ledger().count(Count::Sampled, is_sampled);
            session.ledger().count(Count::Opened, 1);
            session.ledger().count(Count::Started, 1);
            let beginning = Beginning {
                parent: &parent,
                pipeline,
                on_trial,
                start,
            };
            return Ok(take(self, Start::Recorded(beginning)));
        }
        session.ledger().count(not_recorded(decision), 1);
        parent.span_id = SpanId::random_at(start.raw());
        (parent.sampled, parent.on_trial, parent.remote) = (false, false, false);
        parent.pipeline = pipeline;
        Ok(take(self, Start::Not(&parent)))
    }

    /// The pipeline that records under `parent`: its own while that lives, else that of this thread, else the program's.
    fn pipeline_for(&mut self, parent: &Context) -> u32 {
        if parent.pipeline != 0
            && let Some(session) = self.session(parent.pipeline)
            && !session.pipeline.is_closed()
        {
            return parent.pipeline;
        }
        self.stack().pipeline().unwrap_or_else(registry::global_id)
    }
}

/// How a trace that is not recorded is counted.
fn not_recorded(decision: Decision) -> Count {
    match decision {
        Decision::Record => Count::Paused,
        Decision::OverBudget => Count::OverBudget,
        // A trial during a pause is one that the sampler refused.
        Decision::Trial | Decision::Unsampled => Count::Unsampled,
    }
}
