//! The ids that a log line carries, by the names of the OpenTelemetry log data model.

use std::fmt;

#[cfg(feature = "enable")]
use super::Context;
use super::{SpanId, TraceId};

/// The ids of a context, for a log line; made by [`ids`](crate::context::ids).
///
/// `Display` writes `trace_id=... span_id=... trace_flags=..`, and each of the three displays by itself. None of them
/// allocates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ids {
    /// The trace.
    pub trace_id: TraceId,
    /// The span.
    pub span_id: SpanId,
    /// What was decided about the trace.
    pub trace_flags: TraceFlags,
}

/// The flags of a trace: one byte, displayed as two hexadecimal digits (W3C Trace Context Level 2, section 3.2.2.3).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TraceFlags(u8);

const SAMPLED: u8 = 1;
#[cfg(feature = "enable")]
const RANDOM: u8 = 1 << 1;

impl TraceFlags {
    #[cfg(feature = "enable")]
    pub(crate) fn of(sampled: bool, random: bool) -> Self {
        Self((u8::from(sampled) * SAMPLED) | (u8::from(random) * RANDOM))
    }

    /// The byte.
    #[must_use]
    pub fn to_byte(self) -> u8 {
        self.0
    }

    /// True when the trace is recorded, here or by the caller of this service.
    #[must_use]
    pub fn is_sampled(self) -> bool {
        self.0 & SAMPLED != 0
    }
}

impl Ids {
    /// The names of the three, in the order in which `Display` writes them.
    pub const NAMES: [&'static str; 3] = ["trace_id", "span_id", "trace_flags"];
}

#[cfg(feature = "enable")]
impl Context {
    /// The ids of a context that names a span.
    pub(crate) fn ids(&self) -> Option<Ids> {
        self.is_a_span().then(|| Ids {
            trace_id: self.trace_id,
            span_id: self.span_id,
            trace_flags: TraceFlags::of(self.sampled, self.random),
        })
    }
}

impl fmt::Display for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [trace, span, flags] = Self::NAMES;
        write!(
            f,
            "{trace}={} {span}={} {flags}={}",
            self.trace_id, self.span_id, self.trace_flags
        )
    }
}

impl fmt::Display for TraceFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02x}", self.0)
    }
}

impl fmt::Debug for TraceFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(all(test, feature = "enable"))]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_by_the_names_of_the_log_data_model() {
        let context = Context {
            trace_id: TraceId(0xab),
            span_id: SpanId(0xc),
            sampled: true,
            random: true,
            ..Context::default()
        };
        assert_eq!(
            context.ids().unwrap().to_string(),
            "trace_id=000000000000000000000000000000ab span_id=000000000000000c trace_flags=03"
        );
        let flags = |sampled, random| TraceFlags::of(sampled, random).to_byte();
        assert_eq!(
            [(false, false), (true, false), (false, true)].map(|(s, r)| flags(s, r)),
            [0, 1, 2]
        );
    }

    #[test]
    fn a_trace_without_a_span_has_no_ids() {
        assert_eq!(Context::default().ids(), None);
        assert_eq!(Context::random_trace().ids(), None);
    }
}
