//! The limits of a span, and the values that no backend takes, as a receiver sees them.

use observed_runtime::{
    Accounting, Context, Tracing, context, flush, observed, observed_event, observed_span, status,
};
use observed_tests::receiver::{Received, Receiver};

use crate::SOON;
use crate::logs::{collect, count};
use crate::scenario::in_a_process_of_its_own;

const EVENTS: &str = "OTEL_SPAN_EVENT_COUNT_LIMIT";
const LINKS: &str = "OTEL_SPAN_LINK_COUNT_LIMIT";

/// What arrives of the span that `work` starts last, and the account.
fn exported(settings: &[(&str, &str)], work: impl FnOnce()) -> (Received, Accounting) {
    let receiver = Receiver::grpc();
    let mut builder = Tracing::builder("limits").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint().as_str()),
    ]);
    for (name, value) in settings {
        builder = builder.set(name, value);
    }
    let tracing = builder.init();
    work();
    assert!(flush(SOON));
    let account = status().spans;
    assert!(account.adds_up() && account.exported > 0, "{account:?}");
    drop(tracing);
    let spans = receiver.spans().into_iter();
    (spans.max_by_key(|span| span.start).unwrap(), account)
}

#[observed(name = "reports")]
fn reports(times: u64) {
    for number in 0..times {
        observed_event!(name = "reported", attrs(number, kept = 1));
    }
}

#[observed(name = "joins", links(linked.iter()))]
fn joins(linked: &[Context]) {
    assert!(!linked.is_empty());
}

fn some_span() -> Context {
    let _span = observed_span!(name = "sends");
    context::current()
}

#[test]
fn of_131_links_128_are_sent_and_3_are_told() {
    in_a_process_of_its_own(|| {
        let (span, account) = exported(&[], || joins(&vec![some_span(); 131]));
        assert_eq!((span.links, span.dropped_links), (128, 3));
        assert_eq!((account.links_dropped, account.attributes_lost), (3, 0));
    });
}

#[test]
fn of_131_events_the_first_128_are_sent_and_3_are_told() {
    in_a_process_of_its_own(|| {
        let (span, account) = exported(&[], || reports(131));
        assert_eq!((span.events.len(), span.dropped_events), (128, 3));
        assert_eq!(span.events[127].attributes["number"], "int:127");
        assert_eq!(account.events_dropped, 3);
    });
}

#[test]
fn lower_limits_of_events_and_links_hold() {
    in_a_process_of_its_own(|| {
        let (span, account) = exported(&[(EVENTS, "2")], || reports(5));
        assert_eq!((span.events.len(), span.dropped_events), (2, 3));
        assert_eq!(account.events_dropped, 3);
        let linked = || joins(&vec![some_span(); 5]);
        let (span, account) = exported(&[(LINKS, "0")], linked);
        assert_eq!((span.links, span.dropped_links), (0, 5));
        assert_eq!(account.links_dropped, 5);
    });
}

#[test]
fn higher_limits_hold_up_to_what_a_record_holds_and_a_higher_one_is_told_once() {
    in_a_process_of_its_own(|| {
        collect();
        let (span, _) = exported(&[(EVENTS, "200")], || reports(300));
        assert_eq!((span.events.len(), span.dropped_events), (200, 100));
        assert_eq!(count("held at"), 0);
        let (span, _) = exported(&[(EVENTS, "2147483647")], || reports(1_100));
        assert_eq!((span.events.len(), span.dropped_events), (1_024, 76));
        assert_eq!(count("OTEL_SPAN_EVENT_COUNT_LIMIT: held at 1024"), 1);
        let linked = || joins(&vec![some_span(); 1_100]);
        let (span, account) = exported(&[(LINKS, "300")], linked);
        assert_eq!((span.links, span.dropped_links), (300, 724));
        assert_eq!(account.links_dropped, 724);
        assert_eq!(count("held at"), 1);
    });
}

#[test]
fn attributes_beyond_the_limits_of_a_span_and_an_event_are_told() {
    #[observed(name = "counts", attrs(first = 1, second = 2, third = 3))]
    fn counts() {
        observed_event!(name = "counted", attrs(fourth = 4, fifth = 5, sixth = 6));
    }
    in_a_process_of_its_own(|| {
        let limits = [
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1"),
            ("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "2"),
        ];
        let (span, account) = exported(&limits, counts);
        assert_eq!((span.attributes.len(), span.dropped_attributes), (1, 2));
        let event = &span.events[0];
        assert_eq!((event.attributes.len(), event.dropped_attributes), (2, 1));
        assert_eq!(
            (account.attributes_over_limit, account.attributes_lost),
            (3, 0)
        );
    });
}

#[observed(name = "measure", attrs(ratio, all = all, rows, kept = 1, text = public(text)))]
fn measure(ratio: f64, all: &[f64], rows: u64, text: &str) -> usize {
    observed_event!(name = "measured", attrs(ratio, rows, kept = 2));
    all.len() + text.len()
}

#[test]
fn values_that_no_backend_takes_do_not_arrive_and_each_has_its_reason_and_key() {
    in_a_process_of_its_own(|| {
        collect();
        let text = "x".repeat(30 * 1024);
        let mut left_out = Vec::new();
        let (span, account) = exported(&[], || {
            for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                measure(odd, &[1.0, odd], u64::MAX, &text);
            }
            assert!(flush(SOON));
            left_out = status().left_out;
        });
        let cut = format!("string:{}", "x".repeat(256));
        let expected = [("kept", "int:1"), ("text", cut.as_str())];
        let arrived = span.attributes.iter();
        assert!(
            arrived
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .eq(expected)
        );
        let event = &span.events[0].attributes;
        assert_eq!((event.len(), event["kept"].as_str()), (1, "int:2"));
        assert_eq!(account.attributes_not_finite, 9);
        assert_eq!(account.attributes_out_of_range, 6);
        assert_eq!((account.attributes_cut, account.attributes_lost), (3, 0));
        let named = left_out
            .iter()
            .map(|found| (found.span, found.key, found.reason));
        let named: Vec<_> = named.collect();
        let expected = [
            ("measure", "ratio", "not_finite"),
            ("measure", "all", "not_finite"),
            ("measure", "rows", "out_of_range"),
            ("measure", "text", "cut"),
        ];
        assert_eq!(named, expected);
        assert_eq!(
            count("the attribute ratio of measure is left out: a float that"),
            1
        );
        assert_eq!(
            count("the attribute rows of measure is left out: a whole number"),
            1
        );
        assert_eq!(count("the attribute text of measure was cut"), 1);
        assert_eq!(count("the attribute "), 3, "once for each reason");
    });
}

/// Writes without end.
struct Endless;

impl std::fmt::Display for Endless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        loop {
            f.write_str("endless ")?;
        }
    }
}

#[observed(name = "shows", attrs(shown = public_display(shown)))]
fn shows(shown: &Endless) {
    let _ = shown;
}

#[test]
fn a_display_that_never_ends_arrives_cut_and_not_beyond_the_copy_whatever_the_limit() {
    in_a_process_of_its_own(|| {
        for (limit, len) in [("100", 100), ("1000000", 15 * 1024)] {
            let limit = [("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", limit)];
            let (span, account) = exported(&limit, || shows(&Endless));
            let expected: String = "endless ".chars().cycle().take(len).collect();
            assert_eq!(span.attributes["shown"], format!("string:{expected}"));
            assert_eq!((account.attributes_cut, account.attributes_lost), (1, 0));
        }
    });
}
