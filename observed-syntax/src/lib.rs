//! The grammar of `#[observed]` and `observed_span!`, as an ordinary library; and what personal data looks like.
//!
//! Three phases: [`parse`] reads what was written and keeps every span, [`validate`] applies the rules and
//! reports all mistakes at once, [`model`] is what remains and cannot be invalid. Generation is left to
//! `observed-macros`. Private in practice: users depend on `observed-runtime`.
//!
//! Without the feature `grammar` only [`hash`], [`patterns`], [`routes`], [`shape`] and [`words`] remain, without any dependency: the
//! runtime looks for the same patterns at export that the grammar looks for in literals, and for the same shape of routes. The
//! feature `dictionary` adds the words of personal data, for names that are not in the source.

#![allow(
    missing_debug_implementations,
    reason = "syntax trees print as tokens; their Debug needs a feature of syn that slows every user's build"
)]

/// When the words of the dictionary or the patterns of the firewall last changed; a minor release.
pub const DICTIONARY_VERSION: &str = "2026-11-27";

#[cfg(feature = "grammar")]
pub mod async_trait;
#[cfg(feature = "grammar")]
pub mod bindings;
#[cfg(feature = "grammar")]
pub mod body;
#[cfg(feature = "grammar")]
pub mod conventions;
#[cfg(feature = "grammar")]
pub mod derive;
#[cfg(feature = "grammar")]
mod diagnostics;
#[cfg(feature = "dictionary")]
pub mod dictionary;
#[cfg(feature = "grammar")]
pub mod fingerprint;
#[cfg(feature = "grammar")]
pub mod function;
pub mod hash;
#[cfg(feature = "grammar")]
pub mod marks;
#[cfg(feature = "grammar")]
pub mod model;
#[cfg(feature = "grammar")]
pub mod parse;
pub mod patterns;
pub mod routes;
#[cfg(feature = "grammar")]
pub mod rule;
pub mod shape;
#[cfg(feature = "grammar")]
pub mod tokens;
#[cfg(feature = "grammar")]
pub mod validate;
pub mod words;

#[cfg(feature = "grammar")]
pub use diagnostics::Diagnostics;
#[cfg(feature = "grammar")]
pub use rule::Rule;
