//! The pipelines of this process by number, so that a span names its pipeline without holding it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};

use arc_swap::ArcSwapOption;

use super::queue::Queue;
use super::{Pipeline, Scopes};
use crate::sampling::Sampler;

/// Read by each thread that begins to record, so reading waits for nobody; changed where a pipeline is made.
static PIPELINES: ArcSwapOption<Vec<Weak<Pipeline>>> = ArcSwapOption::const_empty();
static NEXT: AtomicU32 = AtomicU32::new(1);
/// The program's own pipeline; 0 where there is none.
static GLOBAL: AtomicU32 = AtomicU32::new(0);

/// Makes a pipeline, switched off.
pub(crate) fn create(
    sampler: Sampler,
    scopes: Scopes,
    exporter: &str,
    queue: Queue,
) -> Arc<Pipeline> {
    let pipeline = Arc::new(Pipeline::new(
        NEXT.fetch_add(1, Ordering::Relaxed),
        sampler,
        scopes,
        exporter,
        queue,
    ));
    PIPELINES.rcu(|before| {
        let known = before.iter().flat_map(|known| known.iter());
        let living = known.filter(|known| known.strong_count() > 0).cloned();
        let own = std::iter::once(Arc::downgrade(&pipeline));
        Some(Arc::new(living.chain(own).collect::<Vec<_>>()))
    });
    pipeline
}

/// The pipeline of this number, while it lives.
pub(crate) fn find(id: u32) -> Option<Arc<Pipeline>> {
    if id == 0 {
        return None;
    }
    PIPELINES
        .load()
        .as_ref()?
        .iter()
        .filter_map(Weak::upgrade)
        .find(|pipeline| pipeline.id == id)
}

/// The number of the program's own pipeline; 0 where there is none.
#[inline]
pub(crate) fn global_id() -> u32 {
    GLOBAL.load(Ordering::Acquire)
}

/// Makes a pipeline the program's own.
pub(crate) fn set_global(id: u32) {
    GLOBAL.store(id, Ordering::Release);
}

/// Ends a pipeline's being the program's own, unless another one has taken its place.
pub(crate) fn unset_global(id: u32) {
    let _ = GLOBAL.compare_exchange(id, 0, Ordering::AcqRel, Ordering::Acquire);
}
