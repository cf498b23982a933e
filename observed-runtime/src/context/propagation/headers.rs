//! The headers `traceparent` and `tracestate`, read and written.

use http::{HeaderMap, HeaderValue};

use super::traceparent;
use crate::identity::{Context, trace_state};
use crate::propagates;

const TRACEPARENT: &str = "traceparent";
const TRACESTATE: &str = "tracestate";

/// The context that a request's `traceparent` and `tracestate` carry; empty if there is none, it is malformed, or
/// `OTEL_PROPAGATORS` leaves `tracecontext` out.
///
/// A malformed `tracestate` is dropped and leaves the `traceparent` as it is. Of a valid one up to 32 members and 512
/// characters are carried on; `status()` counts the rest (`tracestate_members_dropped`).
#[must_use]
pub fn extract(headers: &HeaderMap) -> Context {
    if !propagates::is_on() {
        return Context::default();
    }
    let mut parents = headers.get_all(TRACEPARENT).iter();
    let (Some(parent), None) = (parents.next(), parents.next()) else {
        return Context::default();
    };
    // Without a parent the state is not looked at (section 3.3).
    let Some(context) = traceparent::parse(parent.as_bytes().trim_ascii()) else {
        return Context::default();
    };
    let states = headers.get_all(TRACESTATE).iter();
    let carried = trace_state::read(states.map(HeaderValue::as_bytes));
    count_dropped(carried.dropped);
    Context {
        trace_state: carried.state,
        ..context
    }
}

/// Writes `context` into the headers of a request, replacing what is there; an empty context writes nothing, nor
/// does anything where `OTEL_PROPAGATORS` leaves `tracecontext` out.
pub fn inject(context: &Context, headers: &mut HeaderMap) {
    if !propagates::is_on() || !context.is_a_span() {
        return;
    }
    if let Ok(parent) = HeaderValue::try_from(traceparent::format(context)) {
        headers.insert(TRACEPARENT, parent);
    }
    let state = context.trace_state.header();
    let state = state.as_deref().map(HeaderValue::try_from);
    match state {
        Some(Ok(state)) => headers.insert(TRACESTATE, state),
        // What belongs to another trace must not stay.
        _ => headers.remove(TRACESTATE),
    };
}

#[cfg(feature = "enable")]
fn count_dropped(members: u64) {
    crate::thread::annotate::count_dropped_state(members);
}

#[cfg(not(feature = "enable"))]
fn count_dropped(_: u64) {}

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
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be-like",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what-the-future-will-be-like",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later",
            "000-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ".0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "0.-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-.1",
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

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    fn forwarded(context: &Context) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        inject(context, &mut headers);
        headers
    }

    #[test]
    fn the_two_known_flags_are_kept_each_by_itself_and_the_others_are_zero() {
        // Section 3.2.2.3: 01 and 03 are sampled, 02 and 03 are random.
        for (sent, written) in [
            ("00", "00"),
            ("01", "01"),
            ("02", "02"),
            ("03", "03"),
            ("fc", "00"),
            ("ff", "03"),
        ] {
            let context = extract(&headers(&format!("{PARENT}-{sent}")));
            assert_eq!(
                forwarded(&context)["traceparent"],
                format!("{PARENT}-{written}"),
                "{sent}"
            );
        }
    }

    #[test]
    fn a_trace_of_our_own_says_that_its_id_is_random_and_one_whose_id_was_given_does_not() {
        let span_id = crate::identity::SpanId::random();
        for (trace, flags) in [
            (Context::random_trace(), "02"),
            (Context::new_trace(TraceId::random()), "00"),
        ] {
            let written = forwarded(&Context { span_id, ..trace });
            assert!(
                written["traceparent"]
                    .to_str()
                    .unwrap()
                    .ends_with(&format!("-{flags}"))
            );
        }
    }

    #[test]
    fn a_malformed_state_leaves_the_parent_as_it_is() {
        for bad in ["foo", "foo=1,BAR=2", "foo=1,bar"] {
            let mut sent = headers(&format!("{PARENT}-01"));
            sent.insert("tracestate", bad.parse().unwrap());
            let written = forwarded(&extract(&sent));
            assert_eq!(written["traceparent"], format!("{PARENT}-01"));
            assert!(!written.contains_key("tracestate"), "{bad}");
        }
        let mut sent = headers(&format!("{PARENT}-01"));
        sent.insert(
            "tracestate",
            http::HeaderValue::from_bytes(b"foo=\xff").unwrap(),
        );
        sent.append("tracestate", "bar=2".parse().unwrap());
        assert!(
            !forwarded(&extract(&sent)).contains_key("tracestate"),
            "no part of it is left"
        );
    }
}
