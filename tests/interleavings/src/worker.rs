//! The worker, as the runtime's `export::worker` takes what threads have written.

use crate::caller::{Pipeline, values};
use crate::pipeline::queue::Drain;

/// Takes what is there: what threads show comes first.
pub(crate) fn look(pipeline: &Pipeline, drain: &Drain, taken: &mut Vec<u64>) {
    pipeline.shown.each(|chunk| {
        if !chunk.is_queued() {
            taken.extend(values(chunk.take()));
        }
    });
    while let Some(handed) = drain.next() {
        taken.extend(values(handed.chunk.take()));
        pipeline.spares.put(handed.chunk);
    }
}

/// Ends, and drops what lies anywhere, as the runtime's `Pipeline::end`.
pub(crate) fn end(pipeline: &Pipeline, drain: &Drain, dropped: &mut Vec<u64>) {
    drain.end();
    dropped.extend(pipeline.drop_left());
    pipeline
        .shown
        .each(|chunk| dropped.extend(values(chunk.take())));
}
