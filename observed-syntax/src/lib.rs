//! The grammar of `#[observed]` and `observed_span!`, as an ordinary library.
//!
//! Three phases: [`parse`] reads what was written and keeps every span, [`validate`] applies the rules and
//! reports all mistakes at once, [`model`] is what remains and cannot be invalid. Generation is left to
//! `observed-macros`. Private in practice: users depend on `observed-runtime`.

#![allow(
    missing_debug_implementations,
    reason = "syntax trees print as tokens; their Debug needs a feature of syn that slows every user's build"
)]

mod diagnostics;
pub mod function;
pub mod model;
pub mod parse;
pub mod rule;
pub mod validate;

pub use diagnostics::Diagnostics;
pub use rule::Rule;
