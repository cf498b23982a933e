//! Keeps the OpenTelemetry API's context in step with this thread's entries, where it is looked at (`otel-context`).

#[cfg(feature = "otel-context")]
use super::state::with;
#[cfg(feature = "otel-context")]
use crate::bridge;

/// Attaches what has become current at `index` to the API's context.
#[cfg(feature = "otel-context")]
pub(super) fn attach(index: usize) {
    let context = with(|thread| thread.stack_mut().get_mut(index)?.context());
    if let Some(context) = context.flatten() {
        let attachment = bridge::attach(&context);
        with(|thread| {
            if let Some(frame) = thread.stack_mut().get_mut(index) {
                frame.attachment = attachment;
            }
        });
    }
}

/// Detaches what was attached for `index`; outside of all borrows, because it may drop what is somebody else's.
#[cfg(feature = "otel-context")]
pub(super) fn detach(index: usize) {
    let attachment = with(|thread| {
        let frame = thread.stack_mut().get_mut(index)?;
        Some(std::mem::take(&mut frame.attachment))
    });
    drop(attachment);
}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn attach(_: usize) {}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn detach(_: usize) {}
