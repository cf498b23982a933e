//! Contexts that are carried to a thread, and current there for a while.

use std::marker::PhantomData;

use super::bridge;
use super::frame::Content;
use super::state::{with, with_given};
use crate::identity::Context;

/// The context of the current span of this thread.
pub(crate) fn current_context() -> Context {
    with(|thread| thread.context()).unwrap_or_default()
}

/// Makes `context` current until the result is dropped; nothing where the thread is ending.
pub(crate) fn attach(context: &Context) -> Attached {
    let index = with_given(context.clone(), |thread, context| {
        thread.push(Content::Attached(Box::new(context)))
    });
    let index = index.ok();
    index.inspect(|index| bridge::attach(*index));
    Attached {
        index,
        _on_one_thread: PhantomData,
    }
}

/// A context attached to this thread.
#[derive(Debug)]
pub(crate) struct Attached {
    index: Option<usize>,
    _on_one_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        if let Some(index) = self.index {
            bridge::detach(index);
            with(|thread| thread.take(index).map(drop));
        }
    }
}
