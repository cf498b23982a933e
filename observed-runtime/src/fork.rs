//! A process that was forked has the program's memory and none of its threads: nobody exports, and locks that another
//! thread held stay held for ever. There, tracing is off.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{
    Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
    TryLockResult,
};

/// The process that initialised tracing; 0 before that.
static HOME: AtomicU32 = AtomicU32::new(0);

/// Notes that this process initialises tracing.
pub(crate) fn settle() {
    // There are no processes, and to ask for this one's number panics.
    if cfg!(target_family = "wasm") {
        return;
    }
    let _ = HOME.compare_exchange(0, std::process::id(), Ordering::Relaxed, Ordering::Relaxed);
}

/// True in a child that was forked from the process that initialised tracing. Takes no lock; costs a system call.
pub(crate) fn happened() -> bool {
    let home = HOME.load(Ordering::Relaxed);
    home != 0 && home != std::process::id()
}

/// Locks; nothing where whoever holds the lock was left behind by a fork. For what a span does on its own thread: a child
/// learns that it is one only when it meets such a lock, or would wake the worker.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    patiently(mutex.try_lock(), happened, || mutex.lock())
}

/// The same for reading.
pub(crate) fn read<T>(lock: &RwLock<T>) -> Option<RwLockReadGuard<'_, T>> {
    patiently(lock.try_read(), happened, || lock.read())
}

/// The same for writing.
pub(crate) fn write<T>(lock: &RwLock<T>) -> Option<RwLockWriteGuard<'_, T>> {
    patiently(lock.try_write(), happened, || lock.write())
}

/// Nothing panics while it holds one of these locks, so a poisoned one is as good as another.
fn patiently<G>(
    tried: TryLockResult<G>,
    forked: impl FnOnce() -> bool,
    wait: impl FnOnce() -> Result<G, PoisonError<G>>,
) -> Option<G> {
    match tried {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) if forked() => None,
        Err(TryLockError::WouldBlock) => Some(wait().unwrap_or_else(PoisonError::into_inner)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_was_left_behind_is_not_waited_for_and_any_other_is() {
        let mutex = Mutex::new(1);
        let held = mutex.lock().unwrap();
        let wait = || unreachable!("nobody will release it");
        assert!(patiently(mutex.try_lock(), || true, wait).is_none());
        std::thread::scope(|scope| {
            let waiting =
                scope.spawn(|| patiently(mutex.try_lock(), || false, || mutex.lock()).map(|n| *n));
            drop(held);
            assert_eq!(waiting.join().unwrap(), Some(1));
        });
        let free = patiently(mutex.try_lock(), || true, || unreachable!("it is free"));
        assert!(free.is_some(), "a free one is taken, in a child too");
    }

    #[test]
    fn a_lock_that_a_panic_poisoned_is_as_good_as_another() {
        let mutex = Mutex::new(1);
        let _ = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    let _held = mutex.lock().unwrap();
                    std::panic::resume_unwind(Box::new(()));
                })
                .join()
        });
        assert!(mutex.is_poisoned());
        assert_eq!(lock(&mutex).map(|n| *n), Some(1));
    }
}
