//! R21: under a lock only what was reviewed leaves, whoever takes it.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use observed_runtime::testing::{self, FakeExporter};
use observed_runtime::{
    Builder, State, Status, Style, Tracing, flush, observed, observed_event, observed_record,
    observed_span, status,
};
use observed_tests::receiver::{Received, Receiver};

use crate::SOON;
use crate::logs::{collect, count};
use crate::scenario::in_a_process_of_its_own;

/// What none of the unreviewed may let out.
const REMARK: &str = "a-remark-of-4711";

#[observed(
    name = "close_day",
    kind = server,
    err = "no_day",
    attrs(note = public(REMARK)),
    late(count: u64),
    links(std::iter::once(observed_runtime::context::current()))
)]
fn close_day() -> Result<(), String> {
    observed_record!(count = 4711);
    observed_event!(name = "day_closing", attrs(note = public(REMARK)));
    price_order(3);
    Err(REMARK.to_owned())
}

#[observed(name = "price_order", attrs(lines))]
fn price_order(lines: u64) {
    observed_event!(name = "priced", attrs(lines));
    observed_event!(name = "price_noted", attrs(note = public(REMARK)));
    drop(observed_span!(name = "round_price", attrs(lines)));
}

/// The lines of everything above, as a test run prints them.
fn lines() -> String {
    let (_, capture) = testing::capture(close_day);
    let asserted = catch_unwind(AssertUnwindSafe(|| capture.assert_locked("version 1")));
    let said = asserted.unwrap_err().downcast::<String>().unwrap();
    let lines = said.lines().filter_map(|line| line.strip_prefix("  "));
    lines.collect::<Vec<_>>().join("\n")
}

/// A lock in which these were reviewed and the others are not there.
fn lock_of(names: &[&str]) -> String {
    let lines = lines();
    let kept = lines.lines().filter(|line| {
        let name = line.split(' ').nth(1);
        name.is_some_and(|name| names.contains(&name))
    });
    let kept: Vec<_> = kept.map(|line| line.replace(" new", " reviewed")).collect();
    format!("version 1\n{}", kept.join("\n"))
}

fn reviewed() -> String {
    lock_of(&["price_order", "priced", "round_price"])
}

fn on() -> Builder {
    crate::on().lock(&reviewed())
}

/// A text that is written to.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The names that stand in the tree, each behind its parent's.
fn tree(spans: &[Received]) -> Vec<String> {
    let named = spans.iter().map(|span| {
        let parent = spans.iter().find(|other| other.span_id == span.parent_id);
        let parent = parent.map_or("", |parent| parent.name.as_str());
        format!("{parent} > {}", span.name)
    });
    let mut named: Vec<String> = named.collect();
    named.sort();
    named
}

const TREE: [&str; 3] = [
    " > unreviewed",
    "price_order > round_price",
    "unreviewed > price_order",
];

fn assert_only_a_link(span: &Received) {
    assert!(!span.span_id.is_empty() && span.end >= span.start && span.start > 0);
    assert_eq!(span.attributes.len(), 0, "{span:?}");
    assert_eq!((span.events.len(), span.links), (0, 0), "{span:?}");
    assert_eq!((span.kind, span.status), (1, 0), "{span:?}");
}

fn assert_accounted(status: &Status) {
    assert_eq!(
        (status.spans.unreviewed, status.spans.unreviewed_events),
        (1, 1)
    );
    assert_eq!((status.spans.exported, status.spans.started), (3, 3));
    assert!(status.spans.adds_up(), "{:?}", status.spans);
    let named = status.unreviewed.iter().map(|it| (it.what, it.name));
    let named: Vec<_> = named.collect();
    assert_eq!(named, [("event", "price_noted"), ("span", "close_day")]);
}

fn on_a_wire(encoder: &str, receiver: &Receiver, protocol: &str) {
    let tracing = on()
        .set("OTEL_TRACES_EXPORTER", "otlp")
        .set("OBSERVED_OTLP_ENCODER", encoder)
        .set("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)
        .set("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint())
        .init();
    assert!(close_day().is_err());
    assert!(flush(SOON));
    assert_accounted(&status());
    let spans = receiver.spans();
    assert_eq!(tree(&spans), TREE);
    for span in &spans {
        if span.name == "unreviewed" {
            assert_only_a_link(span);
        }
        if span.name == "price_order" {
            let events: Vec<_> = span.events.iter().map(|it| it.name.as_str()).collect();
            assert_eq!((events, span.dropped_events), (vec!["priced"], 0));
            assert_eq!(span.attributes["lines"], "int:3");
        }
    }
    drop(tracing);
    let bytes = receiver.bytes();
    let holds = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    for kept_back in [REMARK, "close_day", "day_closing", "no_day", "price_noted"] {
        assert!(!holds(kept_back), "{kept_back} by {encoder}");
    }
    assert!(holds("price_order"));
}

#[test]
fn only_the_place_in_the_tree_arrives_of_what_was_not_reviewed_by_either_encoder() {
    in_a_process_of_its_own(|| {
        for encoder in ["direct", "sdk"] {
            on_a_wire(encoder, &Receiver::grpc(), "grpc");
            on_a_wire(encoder, &Receiver::http(), "http/protobuf");
        }
    });
}

#[test]
fn an_exporter_of_the_program_and_the_console_get_the_same_as_a_receiver() {
    in_a_process_of_its_own(|| {
        let (exporter, page, receiver) =
            (FakeExporter::default(), Page::default(), Receiver::grpc());
        let tracing = on()
            .set("OTEL_TRACES_EXPORTER", "otlp")
            .set("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint())
            .with_exporter(exporter.clone())
            .with_console(page.clone(), Style::Plain)
            .init();
        assert!(close_day().is_err());
        assert!(flush(SOON));
        assert_accounted(&status());
        assert_eq!(tree(&receiver.spans()), TREE);
        drop(tracing);
        let mut names = exporter.names();
        names.sort();
        assert_eq!(names, ["price_order", "round_price", "unreviewed"]);
        let page = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        assert!(
            page.contains("unreviewed") && page.contains("lines=3"),
            "{page}"
        );
        for kept_back in [REMARK, "close_day", "no_day", "price_noted"] {
            assert!(!page.contains(kept_back), "{kept_back}: {page}");
        }
        let kept = status().unreviewed;
        assert_eq!(kept.len(), 2, "they stay after the end: {kept:?}");
    });
}

#[test]
fn a_warning_lets_everything_out_counts_it_and_says_so_once() {
    in_a_process_of_its_own(|| {
        collect();
        let exporter = FakeExporter::default();
        let tracing = on()
            .set("OBSERVED_LOCK", "warn")
            .with_exporter(exporter.clone())
            .init();
        assert!(close_day().is_err());
        assert!(flush(SOON));
        assert_accounted(&status());
        drop(tracing);
        let mut names = exporter.names();
        names.sort();
        assert_eq!(names, ["close_day", "price_order", "round_price"]);
        // It ended first.
        let line = "the event price_noted is not in the program's lock as reviewed";
        assert_eq!((count(line), count("as reviewed")), (1, 1));
        assert_eq!(count(", lock warn ("), 1);
    });
}

#[test]
fn what_the_lock_holds_as_new_does_not_leave() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let lock = format!("version 1\n{}", lines());
        let _tracing = crate::on()
            .lock(&lock)
            .with_exporter(exporter.clone())
            .init();
        assert!(close_day().is_err());
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["unreviewed"; 3]);
        assert_eq!(status().spans.unreviewed, 3);
    });
}

#[test]
fn a_lock_that_is_not_asked_is_a_warning_and_stands_in_the_start_line() {
    in_a_process_of_its_own(|| {
        collect();
        let _tracing = on().set("OBSERVED_LOCK", "off").init();
        assert!(close_day().is_err());
        assert!(flush(SOON));
        let status = status();
        assert_eq!((status.lock.mode, status.spans.unreviewed), ("off", 0));
        let told = status.warnings.iter();
        assert!(told.clone().any(|it| it.starts_with("OBSERVED_LOCK: off")));
        let digest = status.lock.digest.unwrap();
        assert_eq!(count(&format!(", lock off ({digest})")), 1);
    });
}

#[test]
fn a_lock_that_is_demanded_and_not_there_or_cannot_be_read_leaves_tracing_off() {
    in_a_process_of_its_own(|| {
        let broken = crate::on().lock("version 1\nspan of another file\n");
        let demanded = || crate::on().set("OBSERVED_LOCK", "enforce");
        for (builder, reason) in [
            (broken, "observed.lock, line 2: expected at least"),
            (
                demanded(),
                "OBSERVED_LOCK is not supported: the program was",
            ),
        ] {
            let tracing: Tracing = builder.init();
            let State::Failed { reason: said } = status().state else {
                panic!("{:?}", status().state);
            };
            assert!(said.starts_with(reason), "{said}");
            assert!(!observed_runtime::set_tracing_enabled(true));
            drop(tracing);
        }
    });
}

#[test]
fn a_trace_is_kept_for_a_failure_only_where_the_failing_span_was_reviewed() {
    in_a_process_of_its_own(|| {
        let everything = [
            "close_day",
            "price_order",
            "priced",
            "price_noted",
            "round_price",
            "day_closing",
        ];
        for (names, kept) in [(&everything[..], 3), (&everything[1..], 0)] {
            let exporter = FakeExporter::default();
            let tracing = crate::on()
                .lock(&lock_of(names))
                .set("OTEL_TRACES_SAMPLER", "always_off")
                .set("OBSERVED_KEEP_ERRORS", "1")
                .with_exporter(exporter.clone())
                .init();
            assert!(close_day().is_err());
            assert!(flush(SOON));
            assert_eq!(exporter.count(), kept);
            let status = status().spans;
            assert_eq!(
                (status.exported, status.discarded),
                (kept as u64, 3 - kept as u64)
            );
            drop(tracing);
        }
    });
}
