//! The start of a span: who is the parent, which pipeline records, what does the sampler say.

use super::announce::announce;
use super::frame::{Current, Frame};
use super::kept::{Entry, Words};
use super::ledger::Count;
use super::local::Session;
use super::open::OpenSpan;
use super::thread::{self, Thread};
use crate::context::{Context, SpanId, TraceId};
use crate::pipeline::registry;
use crate::sampling::Decision;
use crate::span::Site;

/// Starts a span for a future to keep between its polls, or the context of one that is not recorded.
pub(crate) fn start_kept(site: &'static Site, parent: Option<Context>) -> Option<Box<Entry>> {
    if parent.is_none() && thread::is_silent() {
        return None;
    }
    let started = thread::with(|thread| {
        if parent.is_none()
            && let Some(above) = thread.records_under(site)
        {
            let mut span = OpenSpan::none();
            span.begin_under(above, site);
            return Some(Box::new(Entry::Open(span, Words::default())));
        }
        Some(Box::new(match thread.start_by_context(site, parent)? {
            Started::Recorded(mut span) => {
                thread.count_age(Some(&mut span));
                Entry::Open(span, Words::default())
            }
            Started::Not(context) => Entry::Attached(context),
        }))
    });
    started.unwrap_or_else(count_refused)
}

/// Starts a span and makes it current; the result is its place on the stack and whether it is recorded.
#[inline]
pub(crate) fn enter(site: &'static Site) -> Option<(usize, bool)> {
    if thread::is_silent() {
        return None;
    }
    let entered = thread::with(|thread| {
        if thread.records_under(site).is_some() {
            let place = thread.push_open(|below, span| {
                if let Some(above) = below.and_then(Frame::open) {
                    span.begin_under(above, site);
                }
            });
            return Some((place, true));
        }
        thread.enter_by_context(site, None)
    });
    announced(entered.unwrap_or_else(count_refused))
}

/// Tells the OpenTelemetry API of it.
#[inline]
fn announced(entered: Option<(usize, bool)>) -> Option<(usize, bool)> {
    entered.inspect(|(place, _)| announce(*place))
}

/// The same under `parent`; under the current context where there is none.
pub(crate) fn enter_under(site: &'static Site, parent: Option<Context>) -> Option<(usize, bool)> {
    if parent.is_none() {
        return enter(site);
    }
    let entered = thread::with(|thread| thread.enter_by_context(site, parent));
    announced(entered.unwrap_or_else(count_refused))
}

/// What has been started.
enum Started {
    Recorded(OpenSpan),
    /// A context whose decision not to record must reach its children and the services that it calls.
    Not(Context),
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
        let above = self.current()?.open()?;
        if self.is_foreign_inside() {
            return None;
        }
        let session = &self.sessions[self.session_at(above.pipeline)?];
        let pipeline = &session.pipeline;
        if self.suppressed || pipeline.refusal().is_some() || !pipeline.scopes.is_on(site.scope) {
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
    ) -> Option<(usize, bool)> {
        match self.start_by_context(site, parent)? {
            Started::Not(context) => Some((self.push(Current::Attached(Box::new(context))), false)),
            Started::Recorded(started) => {
                let place = self.push_open(|_, span| *span = started);
                self.note_pushed();
                Some((place, true))
            }
        }
    }

    /// Nothing where there is no pipeline, or the thread is a worker's.
    fn start_by_context(
        &mut self,
        site: &'static Site,
        parent: Option<Context>,
    ) -> Option<Started> {
        if self.suppressed {
            return None;
        }
        let mut parent = parent.unwrap_or_else(|| self.context());
        let pipeline = self.pipeline_for(&parent);
        let session = self.session(pipeline)?;
        if session.pipeline.refusal().is_some() || !session.pipeline.scopes.is_on(site.scope) {
            return None;
        }
        if !parent.trace_id.is_valid() {
            parent = Context::new_trace(TraceId::random());
        }
        let continues = parent.is_a_span() && !parent.remote;
        let decision = session.pipeline.decide(&parent, site.name);
        let records = matches!(decision, Decision::Record | Decision::Trial);
        if records && (continues || !session.pipeline.is_paused()) {
            let on_trial = decision == Decision::Trial;
            let is_sampled = u64::from(!continues && !on_trial);
            session.ledger().count(Count::Sampled, is_sampled);
            session.ledger().count(Count::Opened, 1);
            session.ledger().count(Count::Started, 1);
            let mut span = OpenSpan::none();
            span.begin(&parent, pipeline, site, on_trial);
            return Some(Started::Recorded(span));
        }
        session.ledger().count(not_recorded(decision), 1);
        Some(Started::Not(Context {
            span_id: SpanId::random(),
            sampled: false,
            on_trial: false,
            remote: false,
            pipeline,
            ..parent
        }))
    }

    /// The pipeline that records under `parent`: its own while that lives, else that of this thread, else the program's.
    fn pipeline_for(&mut self, parent: &Context) -> u32 {
        let lives = |session: &mut Session| !session.pipeline.is_closed();
        if parent.pipeline != 0 && self.session(parent.pipeline).is_some_and(lives) {
            return parent.pipeline;
        }
        self.surrounding_pipeline()
            .unwrap_or_else(registry::global_id)
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
