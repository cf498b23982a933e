//! The start of a span: who is the parent, which pipeline records, what does the sampler say.

use super::ledger::Count;
use super::local::Session;
use super::open::OpenSpan;
use super::thread::{self, Entry, Thread};
use crate::context::{Context, SpanId, TraceId};
use crate::pipeline::registry;
use crate::sampling::Decision;
use crate::span::Site;

/// Starts a span under `parent`, or under the current context.
///
/// The result is to be made current: the span, or a context whose decision not to record must reach its children and
/// the services that it calls. Nothing where there is no pipeline, or the parent is not recorded.
fn start(site: &'static Site, parent: Option<Context>) -> Option<Box<Entry>> {
    let started = thread::with(|thread| thread.start(site, parent));
    started.unwrap_or_else(|| {
        if let Some(pipeline) = registry::find(registry::global_id()) {
            pipeline.shared.count_shared(Count::Refused, 1);
        }
        None
    })
}

/// Starts a span for a future to keep between its polls.
pub(crate) fn start_kept(site: &'static Site, parent: Option<Context>) -> Option<Box<Entry>> {
    let mut entry = start(site, parent)?;
    thread::keep(&mut entry);
    Some(entry)
}

/// Starts a span and makes it current; the result is its place on the stack and whether it is recorded.
pub(crate) fn enter(site: &'static Site, parent: Option<Context>) -> Option<(usize, bool)> {
    let entry = start(site, parent)?;
    let recording = entry.open().is_some();
    thread::push(entry).ok().map(|place| (place, recording))
}

impl Thread {
    fn start(&mut self, site: &'static Site, parent: Option<Context>) -> Option<Box<Entry>> {
        if self.is_suppressed() || (parent.is_none() && self.is_silenced()) {
            return None;
        }
        let parent = parent.unwrap_or_else(|| self.context());
        let pipeline = self.pipeline_for(&parent);
        let session = self.session(pipeline)?;

        if session.pipeline.refusal().is_some() || !session.pipeline.scopes.is_on(site.scope) {
            return None;
        }
        let parent = if parent.trace_id.is_valid() {
            parent
        } else {
            Context::new_trace(TraceId::random())
        };
        let continues = parent.is_a_span() && !parent.remote;
        let decision = session.pipeline.decide(&parent, site.name);
        let records = matches!(decision, Decision::Record | Decision::Trial);
        if records && (continues || !session.pipeline.is_paused()) {
            let on_trial = decision == Decision::Trial;
            session
                .ledger()
                .count(Count::Sampled, u64::from(!continues && !on_trial));
            session.ledger().count(Count::Opened, 1);
            session.ledger().count(Count::Started, 1);
            let span = OpenSpan::child_of(&parent, pipeline, site, on_trial);
            return Some(Box::new(Entry::Open(span)));
        }
        session.ledger().count(not_recorded(decision), 1);
        Some(Box::new(Entry::Attached(Context {
            span_id: SpanId::random(),
            sampled: false,
            on_trial: false,
            remote: false,
            pipeline,
            ..parent
        })))
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
