//! The twin of the runtime's `sync`.

use std::sync::{Mutex as Plain, PoisonError};

pub(crate) mod atomic {
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering, fence};
}

pub(crate) use loom::sync::{Arc, Mutex};
pub(crate) use loom::thread::yield_now;

use atomic::{AtomicBool, AtomicUsize, Ordering};

/// A queue that promises no more than the real one: what was taken out happened after it was put in, and no more. Its places
/// are used once.
#[derive(Debug)]
pub(crate) struct ArrayQueue<T> {
    places: Vec<Place<T>>,
    head: AtomicUsize,
    tail: AtomicUsize,
}

#[derive(Debug)]
struct Place<T> {
    is_full: AtomicBool,
    /// Of the standard library, so that it orders nothing that `loom` sees.
    item: Plain<Option<T>>,
}

/// No order puts in more.
const PLACES: usize = 6;

impl<T> ArrayQueue<T> {
    pub(crate) fn new(_: usize) -> Self {
        let place = |_| Place {
            is_full: AtomicBool::new(false),
            item: Plain::new(None),
        };
        Self {
            places: (0..PLACES).map(place).collect(),
            head: AtomicUsize::new(0),
            tail: AtomicUsize::new(0),
        }
    }

    pub(crate) fn push(&self, item: T) -> Result<(), T> {
        let at = self.tail.fetch_add(1, Ordering::Relaxed);
        let Some(place) = self.places.get(at) else {
            return Err(item);
        };
        *place.item.lock().unwrap_or_else(PoisonError::into_inner) = Some(item);
        place.is_full.store(true, Ordering::Release);
        Ok(())
    }

    pub(crate) fn pop(&self) -> Option<T> {
        loop {
            let at = self.head.load(Ordering::Relaxed);
            let place = self.places.get(at)?;
            if !place.is_full.load(Ordering::Acquire) {
                return None;
            }
            let claimed =
                self.head
                    .compare_exchange(at, at + 1, Ordering::Relaxed, Ordering::Relaxed);
            if claimed.is_ok() {
                let mut item = place.item.lock().unwrap_or_else(PoisonError::into_inner);
                return item.take();
            }
        }
    }
}
