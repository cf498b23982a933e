//! The same functions as `foreign`, where the OpenTelemetry API's context is not looked at.

use super::Context;

/// Nothing.
#[derive(Debug, Default)]
pub(crate) struct Announced(());

#[inline]
pub(crate) fn set_attaching(_: bool) {}

#[inline]
pub(crate) fn prepare() {}

#[inline]
pub(crate) fn current() -> Context {
    Context::default()
}

#[inline]
pub(crate) fn is_inside(_: Option<&Announced>) -> bool {
    false
}
