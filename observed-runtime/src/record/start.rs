//! The start of a span: who is the parent, which pipeline records, what does the sampler say.

use super::ledger::Count;
use super::open::OpenSpan;
use super::thread::{self, Frame, Thread};
use crate::context::{Context, SpanId, TraceId};
use crate::pipeline::registry;
use crate::span::Site;

/// What became of a start.
#[derive(Debug)]
pub(crate) enum Started {
    /// The span is recorded; it is not on the stack yet.
    Recording(Box<OpenSpan>),
    /// Not recorded, but its decision must reach its children and the services that it calls.
    Unsampled(Box<Context>),
    /// Nothing to do: no pipeline, or a parent that is not recorded.
    Off,
}

/// Starts a span under `parent`, or under the current context.
pub(crate) fn start(site: &'static Site, parent: Option<Context>) -> Started {
    let started = thread::with(|thread| thread.start(site, parent));
    started.unwrap_or_else(|| {
        if let Some(pipeline) = registry::find(registry::global_id()) {
            pipeline.shared.count_shared(Count::Refused, 1);
        }
        Started::Off
    })
}

/// Starts a span and makes it current; the result is its place on the stack.
pub(crate) fn enter(site: &'static Site, parent: Option<Context>) -> Option<(usize, bool)> {
    match start(site, parent) {
        Started::Recording(span) => thread::push_open(span).ok().map(|place| (place, true)),
        Started::Unsampled(context) => {
            let place = thread::with(|thread| thread.push(Frame::Attached(context)));
            place.map(|place| (place, false))
        }
        Started::Off => None,
    }
}

impl Thread {
    fn start(&mut self, site: &'static Site, parent: Option<Context>) -> Started {
        let explicit = parent.is_some();
        let parent = parent.unwrap_or_else(|| self.context());
        if !explicit && parent.has_span() && !parent.sampled && !parent.remote {
            return Started::Off;
        }
        let pipeline = match parent.pipeline {
            0 => self
                .surrounding_pipeline()
                .unwrap_or_else(registry::global_id),
            known => known,
        };
        let Some(session) = self.session(pipeline) else {
            return Started::Off;
        };
        if session.pipeline.refusal().is_some() {
            return Started::Off;
        }
        let parent = if parent.trace_id.is_valid() {
            parent
        } else {
            Context::new_trace(TraceId::random())
        };
        if session.pipeline.samples(&parent) {
            session.ledger().count(Count::Opened, 1);
            session.ledger().count(Count::Started, 1);
            return Started::Recording(Box::new(OpenSpan::child_of(&parent, pipeline, site)));
        }
        session.ledger().count(Count::Unsampled, 1);
        Started::Unsampled(Box::new(Context {
            span_id: SpanId::random(),
            sampled: false,
            remote: false,
            pipeline,
            ..parent
        }))
    }
}
