//! What threads and the worker do with chunks, tried by `loom` in every order that the memory model allows.
//!
//! The files are those of `observed-runtime`; what they meet in (`sync`) and what is large (`sizes`) has a twin here.
//! A library, so that the files' own tests, which know nothing of `loom`, are not built with them.

#![allow(
    dead_code,
    unused_imports,
    clippy::missing_panics_doc,
    clippy::range_plus_one,
    unreachable_pub,
    missing_docs,
    reason = "the files of another crate, of which a part is used here"
)]

mod caller;
pub mod models;
mod sync;
mod worker;

/// No process is forked here.
mod fork {
    use loom::sync::{Mutex, MutexGuard};

    pub(crate) fn happened() -> bool {
        false
    }

    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
        mutex.lock().ok()
    }
}

#[path = "../../../observed-runtime/src/record"]
mod record {
    pub mod chunk;

    /// A usual chunk has room for two records of one cell.
    mod sizes {
        pub(super) const CELLS: usize = 2;
        pub(super) const FIRST_CELLS: usize = 1;
        pub(super) const MOST_SPARE: usize = 1;
    }
}

#[path = "../../../observed-runtime/src/pipeline"]
mod pipeline {
    pub mod queue;
    pub mod shown;
    mod waiting;

    pub mod ledger {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Count {
            QueueFull,
            Shutdown,
        }
    }
}
