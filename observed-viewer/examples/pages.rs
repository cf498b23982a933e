//! Writes a page of a trace with COUNT spans, and one whose texts are markup: `pages FOLDER COUNT`.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/sample/mod.rs"]
mod sample;

use std::path::Path;
use std::process::ExitCode;

use observed_viewer::{Note, file};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Event, Link, SpanKind};
use opentelemetry_sdk::trace::SpanData;
use sample::{HOSTILE, context, failed, first, span};

const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else {
        eprintln!("expected: pages FOLDER COUNT");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse() else {
        eprintln!("COUNT: expected a number of spans, got {count:?}");
        return ExitCode::from(2);
    };
    let pages = [
        (
            format!("{count}.html"),
            file("shop-backend", &many(count), &[]),
        ),
        ("hostile.html".to_owned(), hostile()),
    ];
    for (name, page) in pages {
        if let Err(error) = std::fs::write(Path::new(folder).join(&name), page) {
            eprintln!("{folder}/{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A root, ten parts below it, and what they call, every seventh deeper than the one before; every hundredth failed.
fn many(count: u64) -> Vec<SpanData> {
    let mut spans = vec![span(TRACE, 1, 0, "settle_day", 0, count * 20)];
    for id in 2..=count {
        let parent = match id {
            2..=11 => 1,
            _ if id % 7 == 0 => id - 1,
            _ => 2 + id % 10,
        };
        let mut child = span(TRACE, id, parent, "price_order", id * 19, 15);
        child
            .attributes
            .push(KeyValue::new("order.number", id.cast_signed()));
        spans.push(if id % 100 == 0 {
            failed(child, "price_missing")
        } else {
            child
        });
    }
    spans
}

fn hostile() -> String {
    let mut odd = failed(span(TRACE, 1, 0, HOSTILE, 0, 10), HOSTILE);
    odd.span_kind = SpanKind::Server;
    odd.attributes.push(KeyValue::new(HOSTILE, HOSTILE));
    let said = vec![KeyValue::new(HOSTILE, HOSTILE)];
    odd.events
        .events
        .push(Event::new(HOSTILE, first(), said, 0));
    odd.links.links.push(Link::with_context(context(TRACE, 1)));
    // Parents that go round in a circle, and one who is its own.
    let circle = [
        span(TRACE, 2, 3, "one", 1, 2),
        span(TRACE, 3, 2, "other", 1, 2),
        span(TRACE, 4, 4, "self", 1, 0),
    ];
    let note = Note {
        trace: None,
        title: HOSTILE.to_owned(),
        text: HOSTILE.to_owned(),
    };
    let spans: Vec<SpanData> = std::iter::once(odd).chain(circle).collect();
    file(HOSTILE, &spans, &[note])
}
