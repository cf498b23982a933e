//! What the OpenTelemetry API is told of this thread's entries, where it is (`otel-context`).

#[cfg(feature = "otel-context")]
use super::thread::with;
#[cfg(feature = "otel-context")]
use crate::context::foreign;

/// True where a span of somebody else's is current inside what is current here, on a thread that records.
#[cfg(feature = "otel-context")]
pub(super) fn is_foreign_inside() -> bool {
    with(|thread| !thread.suppressed && thread.is_foreign_inside()).unwrap_or(false)
}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn is_foreign_inside() -> bool {
    false
}

/// Tells the OpenTelemetry API what has become current at `place`.
#[cfg(feature = "otel-context")]
pub(super) fn announce(place: usize) {
    let context = with(|thread| {
        let frame = thread.frames().get(place)?;
        Some(match frame.open() {
            Some(span) => span.context(),
            None => frame.attached()?.clone(),
        })
    });
    if let Some(context) = context.flatten() {
        let announced = foreign::announce(&context);
        with(|thread| {
            if let Some(frame) = thread.frames_mut().get_mut(place) {
                frame.announced = announced;
            }
        });
    }
}

/// Takes back what was told of `place`; outside of all borrows, because it may drop what is somebody else's.
#[cfg(feature = "otel-context")]
pub(super) fn revoke(place: usize) {
    let announced = with(|thread| {
        let frame = thread.frames_mut().get_mut(place)?;
        Some(std::mem::take(&mut frame.announced))
    });
    drop(announced);
}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn announce(_: usize) {}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn revoke(_: usize) {}
