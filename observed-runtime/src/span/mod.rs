//! The caller's side of a span: what the expansion of an annotation calls.

#[cfg(feature = "enable")]
mod current;
#[cfg(feature = "enable")]
mod future;
#[cfg(feature = "enable")]
mod guard;
#[cfg(not(feature = "enable"))]
mod inert;
#[cfg(feature = "enable")]
mod late;
mod outcome;
mod site;

#[cfg(feature = "enable")]
pub use current::{Current, current, event};
#[cfg(feature = "enable")]
pub use future::{
    Begun, Observed, ObservedExt, begin, begin_under, observe, observe_by, observe_call,
    observe_call_by,
};
#[cfg(feature = "enable")]
pub use guard::{SpanGuard, enter, enter_under};
#[cfg(not(feature = "enable"))]
pub use inert::{
    Begun, Current, Late, LatePublic, Observed, ObservedExt, SpanGuard, begin, begin_under,
    current, enter, enter_under, event, observe, observe_by, observe_call, observe_call_by,
};
#[cfg(feature = "enable")]
pub use late::{Late, LatePublic};
#[cfg(feature = "enable")]
pub use outcome::ByCode;
pub use outcome::{ByType, Fallible, Judge, NoVerdict};
pub use site::{Kind, Site};
