//! The `traceparent` header: read in every version, written in version `00` (W3C Trace Context Level 2, section 3.2).

use crate::identity::{Context, SpanId, TraceId};

const SAMPLED: u8 = 1;
const RANDOM: u8 = 1 << 1;

/// The context that a header names; nothing where it is malformed, or names no trace or no span.
pub(super) fn parse(header: &[u8]) -> Option<Context> {
    let fields = well_formed(header)?;
    let hexadecimal = |at: std::ops::Range<usize>| u128::from_str_radix(fields.get(at)?, 16).ok();
    let flags = hexadecimal(53..55)? as u8;
    let context = Context {
        trace_id: TraceId(hexadecimal(3..35)?),
        span_id: SpanId(hexadecimal(36..52)? as u64),
        sampled: flags & SAMPLED != 0,
        random: flags & RANDOM != 0,
        remote: true,
        ..Context::default()
    };
    context.is_a_span().then_some(context)
}

/// `00-<32 digits>-<16 digits>-<2 digits>` in lower case. A later version may have another dash and more behind it, which
/// is not looked at (section 3.2.4); `ff` is none (section 3.2.2.1).
fn well_formed(header: &[u8]) -> Option<&str> {
    const DASHES: [usize; 3] = [2, 35, 52];
    const LENGTH: usize = 55;
    let (fields, rest) = header.split_at_checked(LENGTH)?;
    let is_in_place = |(at, byte): (usize, &u8)| {
        if DASHES.contains(&at) {
            *byte == b'-'
        } else {
            matches!(byte, b'0'..=b'9' | b'a'..=b'f')
        }
    };
    let ends = match rest {
        [] => true,
        [next, ..] => *next == b'-' && !fields.starts_with(b"00"),
    };
    let is_one = fields.iter().enumerate().all(is_in_place) && ends && !fields.starts_with(b"ff");
    is_one.then(|| std::str::from_utf8(fields).ok())?
}

/// The header of a context that is a span. Flags that are not known are zero (section 3.2.2.3.3).
pub(super) fn format(context: &Context) -> String {
    let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
    let flags = flag(context.sampled, SAMPLED) | flag(context.random, RANDOM);
    format!("00-{}-{}-{flags:02x}", context.trace_id, context.span_id)
}
