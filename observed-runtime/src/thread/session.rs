//! A thread's attachment to a pipeline: the chunk that it writes finished spans into, and how far it is.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::answers::Answers;
use crate::fork;
use crate::pipeline::ledger::Ledger;
use crate::pipeline::local::Local;
use crate::pipeline::queue::{CELLS_PER_SPAN, Handed};
use crate::pipeline::{Pipeline, registry};
use crate::record::chunk::Chunk;
use crate::record::clock::{self, Tick};
use crate::record::intern::Numbers;
use crate::record::open::{Extra, OpenSpan};
use crate::record::span_codec;

/// A chunk is handed over when it holds this many spans, or as many as the queue takes, or is full.
const SPANS: usize = 256;

/// A thread's attachment to a pipeline.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: u32,
    pub(super) pipeline: Arc<Pipeline>,
    local: Arc<Local>,
    answers: Answers,
    /// What is written into, and how far it is.
    chunk: Option<Arc<Chunk>>,
    used: usize,
    spans: usize,
    /// The size of the last chunk.
    before: usize,
    /// How many spans are handed over at once.
    limit: usize,
}

impl Session {
    pub(super) fn attach(pipeline: Arc<Pipeline>) -> Self {
        let local = Arc::new(Local::default());
        pipeline.attach(Arc::clone(&local));
        let limit = SPANS.min(pipeline.queue.max_spans());
        Self {
            id: pipeline.id,
            pipeline,
            local,
            answers: Answers::none(),
            chunk: None,
            used: 0,
            spans: 0,
            before: 0,
            limit,
        }
    }

    /// True while spans of this scope are recorded.
    #[inline]
    pub(super) fn records(&self, scope: &'static str) -> bool {
        self.pipeline.refusal().is_none() && self.answers.is_on(&self.pipeline.scopes, scope)
    }

    #[inline]
    pub(super) fn local(&self) -> &Local {
        &self.local
    }

    #[inline]
    pub(super) fn ledger(&self) -> &Ledger {
        &self.local.ledger
    }

    /// Ends a span now; `values` are its encoded attributes.
    #[inline]
    pub(super) fn finish(&mut self, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
        let end = clock::now();
        match &span.extra {
            None => self.write(span, values, &[], end, numbers),
            Some(extra) => self.finish_with(span, extra, values, end, numbers),
        }
    }

    #[cold]
    fn finish_with(
        &mut self,
        span: &OpenSpan,
        extra: &Extra,
        values: &[u64],
        end: Tick,
        numbers: &mut Numbers,
    ) {
        let cells = span_codec::extra_cells(extra, numbers);
        let values = if extra.values.is_empty() {
            values
        } else {
            &extra.values
        };
        self.write(span, values, &cells, end, numbers);
    }

    #[inline]
    fn write(
        &mut self,
        span: &OpenSpan,
        values: &[u64],
        extra: &[u64],
        end: Tick,
        numbers: &mut Numbers,
    ) {
        let size = span_codec::HEADER + values.len() + extra.len();
        if self.write_into(size, |room| {
            span_codec::write(span, values, extra, end, numbers, room);
        }) {
            return;
        }
        self.next_chunk(size);
        self.write_into(size, |room| {
            span_codec::write(span, values, extra, end, numbers, room);
        });
    }

    /// Writes into the chunk that there is; false where it has not so much room.
    #[inline]
    fn write_into(&mut self, size: usize, write: impl FnOnce(&[AtomicU64])) -> bool {
        let Some(chunk) = &self.chunk else {
            return false;
        };
        let Some(room) = chunk.room(self.used, size) else {
            return false;
        };
        write(room);
        self.used += size;
        self.spans += 1;
        chunk.publish(self.used);
        if self.spans >= self.limit {
            self.hand_over();
        }
        true
    }

    /// Hands over what is written so far, and makes room for a record of `size` cells.
    #[cold]
    fn next_chunk(&mut self, size: usize) {
        self.hand_over();
        let chunk = self
            .pipeline
            .spares
            .get(self.before, self.limit * CELLS_PER_SPAN, size);
        self.before = chunk.size();
        self.local.set_chunk(Some(Arc::clone(&chunk)));
        self.chunk = Some(chunk);
    }

    /// Hands the chunk over, because it is full, or its thread or the pipeline ends.
    #[cold]
    pub(super) fn hand_over(&mut self) {
        let Some(chunk) = self.chunk.take() else {
            return;
        };
        self.used = 0;
        let mut spans = std::mem::take(&mut self.spans);
        if chunk.is_begun() {
            // The worker has read a part of it already.
            spans = span_codec::count(chunk.untaken()) as usize;
        }
        let given_back = if spans == 0 {
            Some((None, chunk))
        } else {
            let refused = self.pipeline.offer(Handed { chunk, spans }).err();
            refused.map(|(reason, handed)| (Some(reason), handed.chunk))
        };
        self.local.set_chunk(None);
        let Some((reason, chunk)) = given_back else {
            return;
        };
        if let Some(reason) = reason {
            let lost = span_codec::count(chunk.take());
            self.ledger().count(reason, lost);
        }
        self.pipeline.spares.put(chunk);
    }
}

/// The attachments of one thread: a few at most, and mostly one.
#[derive(Debug)]
pub(super) struct Sessions(Vec<Session>);

impl Sessions {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The attachment to a pipeline, if there is one.
    #[inline]
    pub(super) fn get(&self, pipeline: u32) -> Option<&Session> {
        self.0.iter().find(|session| session.id == pipeline)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, pipeline: u32) -> Option<&mut Session> {
        self.0.iter_mut().find(|session| session.id == pipeline)
    }

    /// The attachment to a pipeline, made on first use; none when the pipeline is gone.
    pub(super) fn attached(&mut self, pipeline: u32) -> Option<&mut Session> {
        if let Some(at) = self.0.iter().position(|session| session.id == pipeline) {
            return self.0.get_mut(at);
        }
        self.0.retain(|session| !session.pipeline.is_closed());
        let pipeline: Arc<Pipeline> = (!fork::happened()).then(|| registry::find(pipeline))??;
        self.0.push(Session::attach(pipeline));
        self.0.last_mut()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.hand_over();
        self.pipeline.detach(&self.local);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Scopes, queue};
    use crate::sampling::Sampler;

    #[test]
    fn a_thread_lets_go_of_pipelines_that_have_ended_when_it_attaches_to_another() {
        let pipelines: Vec<_> = (0..3)
            .map(|_| {
                let (queue, drain) = queue::bounded(10, 10);
                let sampler = Sampler::new(1.0, true);
                (
                    registry::create(sampler, Scopes::all_on(), "test", queue),
                    drain,
                )
            })
            .collect();
        let mut sessions = Sessions::new();
        for (pipeline, _) in &pipelines {
            assert!(sessions.attached(pipeline.id).is_some());
            pipeline.close();
        }
        assert_eq!(sessions.0.len(), 1);
        assert!(sessions.get(pipelines[2].0.id).is_some());
    }
}
