//! What came in a request's headers, kept current on this thread where nothing is recorded, so that it is forwarded
//! (ADR 025).

use std::cell::RefCell;
use std::marker::PhantomData;

use crate::identity::Context;

thread_local! {
    /// The newest on top. One that ended before those above it is empty until they have ended too.
    static CARRIED: RefCell<Vec<Option<Context>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` on this thread's contexts, unless the thread is ending.
fn with<R>(work: impl FnOnce(&mut Vec<Option<Context>>) -> R) -> Option<R> {
    CARRIED
        .try_with(|carried| Some(work(&mut *carried.try_borrow_mut().ok()?)))
        .ok()?
}

/// The context that is current on this thread.
pub(crate) fn current() -> Context {
    with(|carried| carried.last().cloned().flatten())
        .flatten()
        .unwrap_or_default()
}

/// Makes `context` current until the result is dropped.
pub(crate) fn attach(context: &Context) -> Attached {
    let index = with(|carried| {
        carried.push(Some(context.clone()));
        carried.len() - 1
    });
    Attached {
        index,
        _on_one_thread: PhantomData,
    }
}

/// A context attached to this thread, or nothing.
#[derive(Debug)]
pub(crate) struct Attached {
    index: Option<usize>,
    _on_one_thread: PhantomData<*const ()>,
}

impl Attached {
    /// Nothing.
    pub(crate) const NONE: Self = Self {
        index: None,
        _on_one_thread: PhantomData,
    };

    /// Takes the context off this thread.
    pub(crate) fn into_context(mut self) -> Option<Context> {
        self.take()
    }

    #[inline]
    fn take(&mut self) -> Option<Context> {
        take(self.index.take()?)
    }
}

impl Drop for Attached {
    #[inline]
    fn drop(&mut self) {
        self.take();
    }
}

#[cold]
fn take(index: usize) -> Option<Context> {
    with(|carried| {
        let taken = carried.get_mut(index)?.take();
        while carried.last().is_some_and(Option::is_none) {
            carried.pop();
        }
        taken
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::TraceId;

    fn traces(n: u128) -> Context {
        Context::new_trace(TraceId(n))
    }

    #[test]
    fn what_is_attached_is_current_until_it_is_dropped_in_whatever_order() {
        let order = [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ];
        for dropped in order {
            let mut attached: Vec<_> = [1, 2, 3]
                .map(|n| Some(attach(&traces(n))))
                .into_iter()
                .collect();
            for index in dropped {
                let newest = attached.iter().rposition(Option::is_some).unwrap();
                assert_eq!(current(), traces(newest as u128 + 1), "{dropped:?}");
                attached[index] = None;
            }
            assert_eq!(current(), Context::default(), "{dropped:?}");
            assert!(with(|carried| carried.is_empty()).unwrap());
        }
    }

    #[test]
    fn an_empty_context_ends_what_is_current() {
        let _outer = attach(&traces(1));
        let inner = attach(&Context::default());
        assert_eq!(current(), Context::default());
        assert_eq!(inner.into_context(), Some(Context::default()));
        assert_eq!(current(), traces(1));
    }
}
