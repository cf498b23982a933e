//! Our own log lines: few, and harmless even where the program's logger is not.
//!
//! They are written where there is an exporter to speak of, with the feature `otlp`; without it `status()` alone tells.

/// The target of every line, in the sense of `log`: what an operator's filter names (`RUST_LOG=observed=info`).
///
/// A fixed word, because a module path would change whenever a function moves to another file.
#[cfg(feature = "otlp")]
pub(crate) const TARGET: &str = "observed";

/// Writes a line through `log`; a logger that panics must not reach the program or end the worker (R14).
///
/// Never under a lock of ours: a logger may ask for `status()`.
macro_rules! line {
    ($level:ident, $($text:tt)+) => {{
        #[cfg(feature = "otlp")]
        let _: Option<()> = $crate::panics::swallowing(|| {
            ::log::$level!(target: $crate::logging::TARGET, $($text)+);
        });
        #[cfg(not(feature = "otlp"))]
        let _ = format_args!($($text)+);
    }};
}

pub(crate) use line;
