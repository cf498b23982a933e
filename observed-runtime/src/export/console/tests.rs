//! Traces as text.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use opentelemetry::InstrumentationScope;
use opentelemetry::trace::{Event, SpanContext, SpanKind, Status, TraceFlags, TraceState};
use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};

use super::*;

#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Page {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn span(id: u64, parent: u64) -> SpanData {
    let start = SystemTime::UNIX_EPOCH + Duration::from_millis(id);
    SpanData {
        span_context: SpanContext::new(
            TraceId::from(7_u128),
            SpanId::from(id),
            TraceFlags::SAMPLED,
            false,
            TraceState::default(),
        ),
        parent_span_id: SpanId::from(parent),
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: format!("span_{id}").into(),
        start_time: start,
        end_time: start + Duration::from_micros(1500),
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::default(),
    }
}

fn printed(batches: Vec<Vec<SpanData>>) -> String {
    let page = Page::default();
    let mut console = Console::new(Box::new(page.clone()), Style::Plain);
    for batch in batches {
        assert_eq!(
            console.export(batch),
            crate::export::report::Report::default()
        );
    }
    console.flush();
    page.text()
}

#[test]
fn a_trace_is_printed_when_its_root_has_ended_with_children_by_start() {
    let text = printed(vec![
        vec![span(4, 2), span(3, 1), span(2, 1)],
        vec![span(1, 0)],
    ]);
    let expected = "\
trace 00000000000000000000000000000007  4 spans
span_1           1.50 ms
├─ span_2        1.50 ms
│  └─ span_4     1.50 ms
└─ span_3        1.50 ms
";
    assert_eq!(text, expected);
}

#[test]
fn events_stand_below_their_span_and_before_its_children() {
    let event =
        |name: &'static str, attributes| Event::new(name, SystemTime::UNIX_EPOCH, attributes, 0);
    let (mut root, mut child) = (span(1, 0), span(2, 1));
    let rows = opentelemetry::KeyValue::new("rows", 3);
    root.events.events = vec![event("begun", vec![rows]), event("a\u{1b}b", Vec::new())];
    child.events.events = vec![event("row_read", Vec::new())];
    let expected = "\
trace 00000000000000000000000000000007  2 spans
span_1        1.50 ms
│  • begun  rows=3
│  • a\\u{1b}b
└─ span_2     1.50 ms
      • row_read
";
    assert_eq!(printed(vec![vec![child], vec![root]]), expected);
}

#[test]
fn spans_without_their_root_are_printed_at_a_flush() {
    assert_eq!(printed(vec![vec![span(2, 1)]]).lines().count(), 2);
}

#[test]
fn a_trace_deeper_than_the_workers_stack_is_printed() {
    let depth = 50_000;
    let text = printed(vec![(1..=depth).map(|id| span(id, id - 1)).collect()]);
    assert_eq!(text.lines().count() as u64, depth + 1);
    assert!(
        text.contains("[41] span_42 "),
        "levels beyond the drawn ones are numbered"
    );
}

#[test]
fn a_value_cannot_draw_over_the_tree() {
    let mut hostile = span(1, 0);
    hostile
        .attributes
        .push(opentelemetry::KeyValue::new("text", "a\n\u{1b}[2Jb"));
    assert!(printed(vec![vec![hostile]]).contains("text=a\\n\\u{1b}[2Jb"));
}

#[test]
fn colours_are_used_only_where_they_were_asked_for() {
    let coloured = tree::render(&[span(1, 0)], Style::Coloured);
    assert!(
        coloured.contains("\u{1b}[1mspan_1\u{1b}[0m"),
        "{coloured:?}"
    );
}
