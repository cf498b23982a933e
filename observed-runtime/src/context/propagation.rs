//! W3C Trace Context in HTTP headers, by the propagator of the OpenTelemetry SDK.

use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::TraceContextExt;
use opentelemetry_http::HeaderInjector;
use opentelemetry_sdk::propagation::TraceContextPropagator;

pub use super::layer::{Extract, ExtractLayer};
use crate::bridge::{from_span_context, to_span_context};
use crate::identity::Context;
use crate::propagates;

const TRACEPARENT: &str = "traceparent";
const TRACESTATE: &str = "tracestate";

/// The two headers, as the SDK's propagator asks for them.
struct Carried<'a> {
    parent: &'a str,
    state: String,
}

impl Extractor for Carried<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            TRACEPARENT => Some(self.parent),
            TRACESTATE => Some(&self.state),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT, TRACESTATE]
    }
}

impl<'a> Carried<'a> {
    /// Nothing where there is not exactly one `traceparent`, or it has not the shape that the specification gives it.
    fn by(headers: &'a http::HeaderMap) -> Option<Self> {
        let mut parents = headers.get_all(TRACEPARENT).iter();
        let parent = parents.next()?.to_str().ok()?.trim();
        if parents.next().is_some() || !is_well_formed(parent.as_bytes()) {
            return None;
        }
        // Several are one list (section 3.3.1.1).
        let states = headers.get_all(TRACESTATE).iter();
        let states: Vec<&str> = states.filter_map(|state| state.to_str().ok()).collect();
        Some(Self {
            parent,
            state: states.join(","),
        })
    }
}

/// `00-<32 digits>-<16 digits>-<2 digits>` in lower case, and in later versions what follows another dash (W3C Trace
/// Context, section 3.2). The SDK's parser also takes shorter fields and signs.
fn is_well_formed(parent: &[u8]) -> bool {
    const DASHES: [usize; 3] = [2, 35, 52];
    const LENGTH: usize = 55;
    let Some((fields, rest)) = parent.split_at_checked(LENGTH) else {
        return false;
    };
    let is_in_place = |(at, byte): (usize, &u8)| {
        if DASHES.contains(&at) {
            *byte == b'-'
        } else {
            matches!(byte, b'0'..=b'9' | b'a'..=b'f')
        }
    };
    fields.iter().enumerate().all(is_in_place)
        && (rest.is_empty() || (!fields.starts_with(b"00") && rest[0] == b'-'))
}

/// The context that a request's `traceparent` and `tracestate` carry; empty if there is none, it is malformed, or
/// `OTEL_PROPAGATORS` leaves `tracecontext` out.
#[must_use]
pub fn extract(headers: &http::HeaderMap) -> Context {
    if !propagates::is_on() {
        return Context::default();
    }
    let Some(carried) = Carried::by(headers) else {
        return Context::default();
    };
    let foreign = TraceContextPropagator::new()
        .extract_with_context(&opentelemetry::Context::new(), &carried);
    from_span_context(foreign.span().span_context())
}

/// Writes `context` into the headers of a request, replacing what is there; an empty context writes nothing, nor
/// does anything where `OTEL_PROPAGATORS` leaves `tracecontext` out.
pub fn inject(context: &Context, headers: &mut http::HeaderMap) {
    if !propagates::is_on() || !context.is_a_span() {
        return;
    }
    let local = to_span_context(context);
    let foreign = opentelemetry::Context::new().with_remote_span_context(local);
    TraceContextPropagator::new().inject_context(&foreign, &mut HeaderInjector(headers));
    if headers
        .get(TRACESTATE)
        .is_some_and(http::HeaderValue::is_empty)
    {
        headers.remove(TRACESTATE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::TraceId;

    fn headers(traceparent: &str) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        headers.insert("traceparent", traceparent.parse().unwrap());
        headers
    }

    #[test]
    fn what_is_injected_is_extracted() {
        let sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let mut out = headers(sent);
        out.insert("tracestate", "vendor=1".parse().unwrap());
        let context = extract(&out);
        assert_eq!(
            context.trace_id().to_string(),
            "0af7651916cd43dd8448eb211c80319c"
        );
        assert!(context.is_remote() && context.is_sampled());
        let mut forwarded = http::HeaderMap::new();
        inject(&context, &mut forwarded);
        assert_eq!(forwarded["traceparent"], sent);
        assert_eq!(forwarded["tracestate"], "vendor=1");
    }

    #[test]
    fn a_malformed_header_is_no_parent() {
        for bad in [
            "",
            "00",
            "00-0-0-00",
            "00-1-2-01",
            "zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "+0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-+7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-+1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-001",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        ] {
            assert_eq!(extract(&headers(bad)), Context::default(), "{bad}");
        }
    }

    #[test]
    fn two_parents_are_none_and_two_states_are_one_list() {
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let mut sent = headers(parent);
        sent.append("tracestate", "one=1".parse().unwrap());
        sent.append("tracestate", "two=2".parse().unwrap());
        let mut forwarded = http::HeaderMap::new();
        inject(&extract(&sent), &mut forwarded);
        assert_eq!(forwarded["tracestate"], "one=1,two=2");
        sent.append("traceparent", parent.parse().unwrap());
        assert_eq!(extract(&sent), Context::default());
    }

    #[test]
    fn a_later_version_is_read_as_far_as_it_is_known() {
        let known = "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        for sent in [known.to_owned(), format!("{known}-what-comes-later")] {
            assert!(extract(&headers(&sent)).is_sampled(), "{sent}");
        }
    }

    #[test]
    fn without_a_state_no_header_says_so() {
        let sent = headers("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        let mut forwarded = http::HeaderMap::new();
        forwarded.insert("tracestate", "stale=1".parse().unwrap());
        inject(&extract(&sent), &mut forwarded);
        assert!(!forwarded.contains_key("tracestate"), "{forwarded:?}");
    }

    #[test]
    fn an_empty_context_writes_no_header() {
        let mut out = http::HeaderMap::new();
        inject(&Context::new_trace(TraceId::random()), &mut out);
        assert!(out.is_empty());
    }
}
