//! The caller's side of a span: what the expansion of an annotation calls.

#[cfg(feature = "enable")]
mod future;
#[cfg(feature = "enable")]
mod guard;
#[cfg(not(feature = "enable"))]
mod inert;
mod outcome;
mod site;

#[cfg(feature = "enable")]
pub use future::{Observed, observe, observe_result};
#[cfg(feature = "enable")]
pub use guard::{SpanGuard, enter, enter_under, record_current};
#[cfg(not(feature = "enable"))]
pub use inert::{Observed, SpanGuard, enter, enter_under, observe, observe_result, record_current};
pub use outcome::Fallible;
pub use site::{Kind, Site};
