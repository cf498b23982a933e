//! The ids in the lines of `tracing_subscriber`.

mod lines;

use lines::lines_of;
use observed_runtime::context::{self, Ids, propagation};
use observed_runtime::{observed, observed_span, testing};
use observed_tracing::WithIds;
use proptest::prelude::*;
use serde_json::{Map, Value};
use tracing_subscriber::Registry;
use tracing_subscriber::fmt::format::{DefaultFields, JsonFields, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, format};
use tracing_subscriber::registry::LookupSpan;

/// What `work` logs, in this format and without colours.
fn logged<F>(format: F, work: impl FnOnce()) -> String
where
    F: FormatEvent<Registry, DefaultFields> + Send + Sync + 'static,
{
    let subscriber = |writer| {
        let subscriber = tracing_subscriber::fmt().with_writer(writer);
        subscriber.with_ansi(false).event_format(format).finish()
    };
    lines_of(subscriber, work).1
}

/// The object that `work` logs as JSON.
fn logged_object(with_ids: bool, work: impl FnOnce()) -> Map<String, Value> {
    let subscriber = |writer| {
        let format = || format().json().without_time();
        let subscriber = tracing_subscriber::fmt().with_writer(writer).json();
        let subscriber = subscriber.fmt_fields(JsonFields::new());
        let subscriber: Box<dyn tracing::Subscriber + Send + Sync> = if with_ids {
            Box::new(subscriber.event_format(WithIds::json(format())).finish())
        } else {
            Box::new(subscriber.event_format(format()).finish())
        };
        subscriber
    };
    let ((), line) = lines_of(subscriber, work);
    assert_eq!(line.matches('\n').count(), 1, "one line: {line}");
    serde_json::from_str(&line).unwrap()
}

fn log(message: &str) {
    tracing::info!(lines = 2, "{message}");
}

/// What is logged outside of spans, inside one, and the ids of that one.
fn outside_and_inside<L>(logged: impl Fn() -> L) -> (L, L, Ids) {
    let outside = logged();
    let ((inside, ids), capture) = testing::capture(|| {
        let _span = observed_span!(name = "read_block");
        (logged(), context::ids().unwrap())
    });
    let span = &capture.spans[0];
    assert_eq!((ids.trace_id, ids.span_id), (span.trace_id, span.span_id));
    (outside, inside, ids)
}

/// `line` with the ids before its end.
fn with_ids_behind(line: &str, ids: Ids) -> String {
    let text = line.trim_end_matches('\n');
    format!("{text} {ids}{}", &line[text.len()..])
}

proptest! {
    #[test]
    fn a_line_of_text_is_the_plain_one_with_the_ids_behind_it(message in "\\PC*[^\\s]") {
        let full = || logged(WithIds::text(format().without_time()), || log(&message));
        let (outside, inside, ids) = outside_and_inside(full);
        prop_assert_eq!(&outside, &logged(format().without_time(), || log(&message)));
        prop_assert_eq!(inside, with_ids_behind(&outside, ids));

        let compact = || logged(WithIds::text(format().compact().without_time()), || log(&message));
        let (outside, inside, ids) = outside_and_inside(compact);
        prop_assert_eq!(inside, with_ids_behind(&outside, ids));

        let pretty = || logged(WithIds::text(format().pretty().without_time()), || log(&message));
        let (outside, inside, ids) = outside_and_inside(pretty);
        prop_assert!(outside.ends_with("\n\n"), "a pretty line ends with an empty one");
        prop_assert_eq!(inside, with_ids_behind(&outside, ids));
    }

    #[test]
    fn a_line_of_json_is_the_plain_object_with_the_ids_as_members(message in ".*") {
        let plain = logged_object(false, || log(&message));
        let (outside, mut inside, ids) = outside_and_inside(|| logged_object(true, || log(&message)));
        prop_assert_eq!(&outside, &plain);
        let mut take = |key| inside.remove(key).and_then(|id| id.as_str().map(str::to_owned));
        prop_assert_eq!(take("trace_id"), Some(ids.trace_id.to_string()));
        prop_assert_eq!(take("span_id"), Some(ids.span_id.to_string()));
        prop_assert_eq!(take("trace_flags"), Some(ids.trace_flags.to_string()));
        prop_assert_eq!(inside, plain);
    }
}

#[test]
fn a_line_that_is_painted_keeps_its_colours_and_has_the_ids_before_it() {
    let painted = |ids: bool| {
        let format = format().without_time();
        let subscriber = |writer| {
            let subscriber = tracing_subscriber::fmt()
                .with_writer(writer)
                .with_ansi(true);
            let subscriber: Box<dyn tracing::Subscriber + Send + Sync> = if ids {
                Box::new(subscriber.event_format(WithIds::text(format)).finish())
            } else {
                Box::new(subscriber.event_format(format).finish())
            };
            subscriber
        };
        lines_of(subscriber, || log("priced")).1
    };
    let plain = painted(false);
    assert!(plain.contains("\u{1b}["), "{plain:?}");
    let (outside, inside, ids) = outside_and_inside(|| painted(true));
    assert_eq!(outside, plain);
    assert_eq!(inside, format!("{ids} {plain}"));
}

#[test]
fn a_json_format_that_writes_no_object_is_text() {
    struct Bare;
    impl<S, N> FormatEvent<S, N> for Bare
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a>,
        N: for<'a> FormatFields<'a> + 'static,
    {
        fn format_event(
            &self,
            _: &FmtContext<'_, S, N>,
            mut writer: Writer<'_>,
            _: &tracing::Event<'_>,
        ) -> std::fmt::Result {
            writer.write_str("{}")
        }
    }
    let (_, inside, ids) = outside_and_inside(|| logged(WithIds::json(Bare), || log("priced")));
    let object: Map<String, Value> = serde_json::from_str(&inside).unwrap();
    assert_eq!(object["trace_id"], ids.trace_id.to_string().as_str());
    let (_, inside, ids) = outside_and_inside(|| logged(WithIds::text(Bare), || log("priced")));
    assert_eq!(inside, format!("{{}} {ids}"));
}

#[observed(name = "outer")]
fn nested() -> [Ids; 3] {
    let outer = context::ids().unwrap();
    let inner = {
        let _span = observed_span!(name = "inner");
        context::ids().unwrap()
    };
    [outer, inner, context::ids().unwrap()]
}

#[test]
fn the_ids_are_those_of_the_innermost_span() {
    let ([before, inner, after], capture) = testing::capture(nested);
    assert_eq!(before, after);
    assert_eq!(before.trace_id, inner.trace_id);
    let spans = capture.spans.iter().map(|span| (span.name, span.span_id));
    let expected = [("outer", before.span_id), ("inner", inner.span_id)];
    assert_eq!(spans.collect::<Vec<_>>(), expected);
}

#[test]
fn a_line_of_a_caller_that_does_not_record_has_ids_and_a_flag_that_says_so() {
    let mut headers = http::HeaderMap::new();
    let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
    headers.insert("traceparent", value.parse().unwrap());
    let caller = propagation::extract(&headers);
    let (line, _) = testing::capture(|| {
        caller.run(|| logged(WithIds::text(format().without_time()), || log("priced")))
    });
    let ids = "trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 trace_flags=00";
    assert_eq!(line, format!(" INFO log_lines: priced lines=2 {ids}\n"));
}
