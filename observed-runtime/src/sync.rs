//! What the caller's side and the worker's side meet in. Named here once, so that the package `interleavings` can try the
//! same files in every order, with twins that it controls.

pub(crate) mod atomic {
    pub(crate) use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering, fence};
}

pub(crate) use crossbeam_queue::ArrayQueue;
pub(crate) use std::sync::{Arc, Mutex};
pub(crate) use std::thread::yield_now;
