//! What the expansion of an annotation calls. Not part of the public API: it may change in any release.

use std::borrow::Borrow;
use std::pin::Pin;

/// Of the language, where nothing in the user's scope can stand before it.
pub use core::module_path;

pub use observed_macros::observed_refuse;

pub use crate::identity::Context;
pub use crate::policy::Classified;
pub use crate::policy::{Marked, OnePolicy, field_of, field_of_type, whole};
use crate::record::limits::MOST;
pub use crate::span::*;
pub use crate::value::{AttributeValue, Text, Value, kind};
use crate::value::{DisplayText, StaticText};

/// A plain value.
#[inline]
pub fn value<T: AttributeValue + ?Sized>(value: &T) -> Value {
    value.to_value()
}

/// A late value of the type that was declared.
#[inline]
pub fn late_value<T: AttributeValue>(value: &T) -> Value {
    value.to_value()
}

/// The wrapper `public(...)`.
#[inline]
pub fn public<T: Text + ?Sized>(text: &T) -> Value {
    text.to_text()
}

/// The wrapper `public_static(...)`.
#[inline]
#[expect(
    clippy::needless_pass_by_value,
    reason = "by reference any `&str` would do"
)]
pub fn public_static<T: StaticText>(text: T) -> Value {
    text.to_static()
}

/// The wrapper `public_display(...)`.
#[inline]
pub fn public_display<T: DisplayText + ?Sized>(text: &T) -> Value {
    text.to_display()
}

/// A value that a span was to be given and cannot be: it is counted and does not leave.
#[inline]
#[must_use]
pub fn refused() -> Value {
    Value::REFUSED
}

/// No value.
#[inline]
#[must_use]
pub fn absent() -> Value {
    Value::ABSENT
}

/// A string literal.
#[inline]
#[must_use]
pub fn literal(text: &'static str) -> Value {
    text.to_static()
}

/// The code given by `err = expr`. By itself the closure around it may return what it borrows from the error, and what the
/// compiler then says does not name `'static`. Whether it is a code at all is asked where it is used.
#[inline]
pub fn static_code<K: 'static>(code: K) -> K {
    code
}

/// The code given by `observed_record!(status = error(code))`.
#[inline]
pub fn code<K: ErrorCode>(code: K) -> Option<&'static str> {
    code.code()
}

/// A parent given by `parent = expr`.
#[inline]
#[must_use]
pub fn parent(context: &Context) -> Context {
    context.clone()
}

/// The contexts given by `links(expr)` that name a span. No more than 1,024 are looked at, so that an iterator without end
/// ends; more than a span may have are counted there.
pub fn links<I>(contexts: I) -> Vec<Context>
where
    I: IntoIterator,
    I::Item: Borrow<Context>,
{
    contexts
        .into_iter()
        .take(MOST)
        .map(|context| context.borrow().clone())
        .filter(Context::is_a_span)
        .collect()
}

/// Runs the body of a function annotated with `err`. The bound makes the body an `FnOnce`, so that it may return
/// what it borrows from its arguments.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "the body of a function must not become a call of its own"
)]
pub fn run<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// Boxes the future of a function that returns a box; a library without the standard library has no path to one.
#[inline]
pub fn boxed<F>(future: F) -> Pin<Box<F>> {
    Box::pin(future)
}

/// Checks attributes where nothing is recorded: the types of the closure are all there is to it.
#[inline]
pub fn check(_: &dyn Fn(usize) -> Value) {}

/// Checks a name where nothing is recorded.
#[inline]
pub fn check_name<'a>(_: &dyn Fn() -> Named<'a>) {}

/// Checks a parent where nothing is recorded.
#[inline]
pub fn check_parent(_: &dyn Fn() -> Context) {}

/// Checks links where nothing is recorded.
#[inline]
pub fn check_links(_: &dyn Fn() -> Vec<Context>) {}

/// Checks that `err` stands on a function that returns a `Result`.
#[inline]
pub fn check_result<R: Fallible>() {}

/// Checks the code of an error where nothing is recorded.
#[inline]
pub fn check_code<R: Fallible, K: ErrorCode>(_: impl Fn(&R::Error) -> K) {}

/// What late attributes are recorded to where nothing is.
#[inline]
#[must_use]
#[cfg(not(feature = "enable"))]
pub fn no_late() -> crate::span::Late {
    crate::span::Late
}
