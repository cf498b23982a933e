//! The caller's side of a span: what the expansion of an annotation calls.

#[cfg(feature = "enable")]
mod begun;
#[cfg(feature = "enable")]
mod current;
mod failure;
#[cfg(feature = "enable")]
mod future;
#[cfg(feature = "enable")]
mod guard;
#[cfg(feature = "enable")]
mod held;
mod known;
#[cfg(feature = "enable")]
mod late;
#[cfg(not(feature = "enable"))]
mod noop;
#[cfg(not(feature = "enable"))]
mod noop_held;
mod outcome;
mod route;
#[cfg(feature = "http")]
mod status_code;

#[cfg(feature = "enable")]
pub use begun::{Begin, Begun, Later, begin, begin_root, begin_under, later, later_root};
#[cfg(feature = "enable")]
pub use current::{Current, current, event};
pub use failure::{ErrorType, failure};
#[cfg(feature = "enable")]
pub use future::{Observed, ObservedExt, observe, observe_by, observe_call, observe_call_by};
#[cfg(feature = "enable")]
pub use guard::{
    SpanGuard, current_of, enter, enter_root, enter_under, enter_values, enter_with, may_record,
    no_span, set_result_by,
};
#[cfg(feature = "enable")]
pub use held::{Held, HeldEntered, Moment, event_at, event_here, record_late_at};
#[cfg(feature = "enable")]
pub use late::Late;
#[cfg(not(feature = "enable"))]
pub use noop::{
    Begun, Current, Late, Observed, ObservedExt, SpanGuard, begin, begin_root, begin_under,
    current, current_of, enter, enter_root, enter_under, enter_values, enter_with, event, later,
    later_root, may_record, no_span, observe, observe_by, observe_call, observe_call_by,
    set_result_by,
};
#[cfg(not(feature = "enable"))]
pub use noop_held::{Held, HeldEntered, Moment, event_at, event_here, record_late_at};
pub use outcome::{ErrorCode, Fallible, Judge, NoVerdict, by_type};
pub use route::{Named, RouteMethod, RouteTemplate, Template, named, route};

pub use crate::record::site::{Kind, Site};
