//! The threads that record into a pipeline.
//!
//! A thread that comes or goes says so and waits for nobody. Whoever reads the list enters what was said before; so does the
//! thread itself where nobody reads, which keeps what was said from piling up.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use super::ages;
use super::ledger::Totals;
use super::local::Local;
use crate::fork;

#[derive(Debug)]
pub(super) struct Threads {
    said: Sender<Said>,
    list: Mutex<List>,
}

/// The ledgers of threads; those of ended threads are summed up, so that short threads leave nothing behind.
#[derive(Debug)]
pub(super) struct List {
    said: Receiver<Said>,
    pub(super) live: Vec<Arc<Local>>,
    pub(super) retired: Totals,
    pub(super) retired_ages: ages::Sum,
}

#[derive(Debug)]
enum Said {
    Came(Arc<Local>),
    Went(Arc<Local>),
}

impl Default for Threads {
    fn default() -> Self {
        let (said, heard) = channel();
        Self {
            said,
            list: Mutex::new(List {
                said: heard,
                live: Vec::new(),
                retired: Totals::default(),
                retired_ages: ages::Sum::default(),
            }),
        }
    }
}

impl Threads {
    pub(super) fn came(&self, local: Arc<Local>) {
        self.say(Said::Came(local));
    }

    pub(super) fn went(&self, local: Arc<Local>) {
        self.say(Said::Went(local));
    }

    fn say(&self, said: Said) {
        // A child may have been forked while another thread was in the middle of this.
        if fork::happened() {
            return;
        }
        // It cannot fail: the other end lives beside this one.
        let _ = self.said.send(said);
        match self.list.try_lock() {
            Ok(mut list) => list.enter(),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().enter(),
            Err(TryLockError::WouldBlock) => {}
        }
    }

    /// The list as it is now. Not for threads that record: whoever holds it may be kept waiting.
    pub(super) fn list(&self) -> MutexGuard<'_, List> {
        // Nothing panics while it holds this lock; a poisoned one still holds whole values.
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.enter();
        list
    }

    /// The threads that live.
    pub(super) fn live(&self) -> Vec<Arc<Local>> {
        self.list().live.clone()
    }
}

impl List {
    /// Enters what was said.
    fn enter(&mut self) {
        while let Ok(said) = self.said.try_recv() {
            match said {
                Said::Came(local) => {
                    local.place.store(self.live.len(), Ordering::Relaxed);
                    self.live.push(local);
                }
                Said::Went(local) => self.retire(&local),
            }
        }
    }

    /// Folds the ledger of a thread that has ended into the sum.
    fn retire(&mut self, local: &Arc<Local>) {
        let place = local.place.load(Ordering::Relaxed);
        let is_here = |found: &Arc<Local>| Arc::ptr_eq(found, local);
        if self.live.get(place).is_some_and(is_here) {
            self.live.swap_remove(place);
        }
        if let Some(moved) = self.live.get(place) {
            moved.place.store(place, Ordering::Relaxed);
        }
        self.retired.add(&std::iter::once(&local.ledger));
        if let Some(ages) = local.suspended() {
            self.retired_ages.add(ages);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pipeline::ledger::Count;

    #[test]
    fn a_thread_comes_and_goes_while_somebody_holds_the_list() {
        let threads = Threads::default();
        let held = threads.list();
        std::thread::scope(|scope| {
            // Where it waited for the list, the scope would never end.
            let thread = scope.spawn(|| {
                let local = Arc::new(Local::default());
                threads.came(Arc::clone(&local));
                local.ledger.count(Count::Started, 3);
                threads.went(local);
            });
            thread.join().unwrap();
        });
        drop(held);
        let list = threads.list();
        assert!(list.live.is_empty());
        assert_eq!(list.retired.of(Count::Started), 3);
    }

    #[test]
    fn what_threads_said_does_not_pile_up_where_nobody_reads_the_list() {
        let threads = Threads::default();
        for _ in 0..100 {
            let local = Arc::new(Local::default());
            threads.came(Arc::clone(&local));
            threads.went(Arc::clone(&local));
            assert_eq!(Arc::strong_count(&local), 1);
        }
    }

    proptest! {
        #[test]
        fn those_that_live_are_those_that_came_and_did_not_go(turns in prop::collection::vec(0_usize..8, 0..80)) {
            let threads = Threads::default();
            let mut living: Vec<Arc<Local>> = Vec::new();
            let mut gone = 0;
            for turn in turns {
                if turn < living.len() {
                    threads.went(living.swap_remove(turn));
                    gone += 1;
                } else {
                    let local = Arc::new(Local::default());
                    local.ledger.count(Count::Started, 1);
                    threads.came(Arc::clone(&local));
                    living.push(local);
                }
            }
            let list = threads.list();
            let addresses = |locals: &[Arc<Local>]| {
                let mut addresses: Vec<_> = locals.iter().map(Arc::as_ptr).collect();
                addresses.sort_unstable();
                addresses
            };
            prop_assert_eq!(addresses(&list.live), addresses(&living));
            prop_assert_eq!(list.retired.of(Count::Started), gone);
        }
    }
}
