//! Contexts that are carried to a thread, and current there for a while.

use std::marker::PhantomData;

use super::announce::{announce, revoke};
use super::frame::Current;
use super::thread::{with, with_given};
use crate::context::Context;

/// The context of the current span of this thread.
pub(crate) fn current_context() -> Context {
    with(|thread| thread.context()).unwrap_or_default()
}

/// Makes `context` current until the result is dropped; nothing where the thread is ending.
pub(crate) fn attach(context: &Context) -> Attached {
    let place = with_given(context.clone(), |thread, context| {
        thread.push(Current::Attached(Box::new(context)))
    });
    let place = place.ok();
    place.inspect(|place| announce(*place));
    Attached {
        place,
        _on_one_thread: PhantomData,
    }
}

/// A context attached to this thread.
#[derive(Debug)]
pub(crate) struct Attached {
    place: Option<usize>,
    _on_one_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            revoke(place);
            with(|thread| thread.take(place).map(drop));
        }
    }
}
