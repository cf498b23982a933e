//! R14, R17: connections end between two exports, in every way that networks and servers end them, and no span is lost by
//! that.

use std::time::Duration;

use observed_runtime::{Tracing, flush, observed, observed_event, status};
use observed_tests::closing::{Counting, Goaway, Path};
use observed_tests::receiver::Receiver;

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

fn exporting(endpoint: &str, more: &[(&str, &str)]) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_BSP_SCHEDULE_DELAY", "60000"),
    ];
    let mut builder = Tracing::builder("connections").settings(settings);
    for (name, value) in more {
        builder = builder.set(name, value);
    }
    builder.init()
}

/// Exports one span after the other, `gap` apart; returns how many of them the runtime says were delivered.
fn one_by_one(spans: u64, gap: Duration, mut between: impl FnMut(u64)) -> u64 {
    for span in 0..spans {
        work();
        assert!(flush(SOON), "{:?}", status());
        between(span);
        std::thread::sleep(gap);
    }
    let seen = status().spans;
    assert!(seen.adds_up() && seen.started == spans, "{seen:?}");
    seen.exported
}

#[test]
fn a_peer_that_closes_idle_connections_gets_every_span() {
    in_a_process_of_its_own(|| {
        let receiver = Receiver::grpc();
        let path = Path::to(&receiver.endpoint(), Some(Duration::from_millis(300)));
        let _tracing = exporting(&path.endpoint(), &[]);
        assert_eq!(one_by_one(8, Duration::from_millis(500), |_| {}), 8);
        assert_eq!(receiver.count(), 8);
    });
}

#[test]
fn a_server_that_ends_idle_connections_gets_every_span() {
    in_a_process_of_its_own(|| {
        let server = Counting::start(Some(Goaway::Idle(Duration::from_millis(200))));
        let _tracing = exporting(&server.endpoint(), &[]);
        assert_eq!(one_by_one(8, Duration::from_millis(400), |_| {}), 8);
        assert_eq!(server.requests(), 8);
    });
}

#[test]
fn a_server_that_ends_old_connections_gets_every_span() {
    in_a_process_of_its_own(|| {
        let server = Counting::start(Some(Goaway::Age(Duration::from_millis(300))));
        let _tracing = exporting(&server.endpoint(), &[]);
        assert_eq!(one_by_one(12, Duration::from_millis(200), |_| {}), 12);
        assert_eq!(server.requests(), 12);
    });
}

#[test]
fn a_collector_that_was_restarted_between_two_exports_gets_every_span() {
    in_a_process_of_its_own(|| {
        let mut server = Counting::start(None);
        let _tracing = exporting(&server.endpoint(), &[]);
        let delivered = one_by_one(6, Duration::from_millis(50), |span| {
            if span % 2 == 0 {
                server.restart();
            }
        });
        assert_eq!((delivered, server.requests()), (6, 6));
    });
}

#[test]
fn a_connection_that_is_half_open_costs_one_export_and_no_more() {
    in_a_process_of_its_own(|| {
        let receiver = Receiver::grpc();
        let path = Path::to(&receiver.endpoint(), None);
        let _tracing = exporting(&path.endpoint(), &[("OTEL_EXPORTER_OTLP_TIMEOUT", "300")]);
        let delivered = one_by_one(14, Duration::from_millis(20), |span| {
            if span == 3 {
                path.fall_silent();
            }
        });
        assert!(delivered >= 13, "{delivered} of 14");
        assert_eq!(receiver.count(), delivered);
        assert_eq!(status().last_export_error, Some("timeout"));
    });
}

#[observed(name = "much")]
fn much() {
    for n in 0..128_u32 {
        observed_event!(
            name = "row_read",
            attrs(
                row = n,
                note = public("some sixty bytes of text, as an event of a real program has it")
            )
        );
    }
}

#[test]
fn a_batch_beyond_what_a_receiver_takes_is_cut_and_arrives_whole() {
    in_a_process_of_its_own(|| {
        // It takes four megabytes, as gRPC servers do.
        let receiver = Receiver::grpc();
        let _tracing = exporting(&receiver.endpoint(), &[]);
        (0..512).for_each(|_| much());
        // Sixty-five thousand events, on whatever machine.
        assert!(flush(6 * SOON));
        let spans = status().spans;
        assert_eq!((spans.exported, receiver.count()), (512, 512), "{spans:?}");
    });
}

#[test]
fn a_span_beyond_what_a_request_may_hold_loses_its_events_and_one_beyond_that_is_counted() {
    in_a_process_of_its_own(|| {
        for (most, exported, too_large) in [("4000", 1, 0), ("20", 0, 1)] {
            let receiver = Receiver::grpc();
            let tracing = exporting(
                &receiver.endpoint(),
                &[("OBSERVED_MAX_REQUEST_BYTES", most)],
            );
            much();
            assert!(flush(SOON));
            let spans = status().spans;
            assert_eq!(
                (spans.exported, spans.dropped.too_large, receiver.count()),
                (exported, too_large, exported),
                "{most}: {spans:?}"
            );
            assert!(spans.adds_up());
            drop(tracing);
        }
    });
}
