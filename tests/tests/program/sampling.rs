//! Which traces are recorded in a program as it runs: rates by root, traces kept because they failed, the budget.

use std::time::{Duration, Instant};

use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{Builder, Tracing, context, flush, observed, observed_span, status};
use observed_tests::receiver::Receiver;

use crate::SOON;
use crate::scenario::in_a_process_of_its_own;

#[observed(name = "step", err)]
fn step(works: bool) -> Result<(), Broken> {
    if works { Ok(()) } else { Err(Broken) }
}

struct Broken;

#[observed(name = "request")]
fn request(works: bool) -> bool {
    step(true).and(step(works)).is_ok()
}

#[observed(name = "poll_queue")]
fn poll_queue() {}

fn unsampled() -> Builder {
    Tracing::builder("sampling").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_SAMPLING_RATE", "0"),
        ("OTEL_TRACES_EXPORTER", "none"),
    ])
}

#[test]
fn a_root_with_a_rate_of_its_own_is_recorded_at_that_rate() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = unsampled()
            .set("OBSERVED_ROOT_SAMPLING_RATES", "request=1")
            .with_exporter(exporter.clone())
            .init();
        poll_queue();
        assert!(request(true));
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["step", "step", "request"]);
        let seen = status();
        assert_eq!(seen.spans.unsampled, 1);
        assert_eq!(seen.effective_sampling_rate, Some(0.5));
    });
}

#[observed(name = "clean_up", root)]
async fn clean_up() -> bool {
    step(true).is_ok()
}

#[observed(name = "poll_queue")]
fn poll_queue_and_clean_up() -> bool {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(clean_up())
}

#[test]
fn inside_a_future_that_begins_a_trace_spans_are_recorded_although_nothing_around_it_is() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = unsampled()
            .set("OBSERVED_ROOT_SAMPLING_RATES", "clean_up=1")
            .with_exporter(exporter.clone())
            .init();
        assert!(poll_queue_and_clean_up());
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["step", "clean_up"]);
    });
}

#[test]
fn a_trace_that_fails_is_kept_whole_and_one_that_does_not_is_not() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = unsampled()
            .set("OBSERVED_KEEP_ERRORS", "1")
            .with_exporter(exporter.clone())
            .init();
        assert!(request(true) && !request(false));
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["step", "step", "request"]);
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!((spans.started, spans.discarded, spans.exported), (6, 3, 3));
        assert_eq!(spans.dropped.total(), 0, "a trial is no loss");
    });
}

#[test]
fn a_trace_on_trial_waits_for_its_root_and_a_slow_one_is_kept() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = unsampled()
            .set("OBSERVED_KEEP_ERRORS", "1")
            .set("OBSERVED_KEEP_SLOWER_THAN", "20")
            .with_exporter(exporter.clone())
            .init();
        let root = observed_span!(name = "slow_root");
        assert!(step(false).is_err());
        assert!(flush(SOON));
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!((exporter.count(), spans.pending, spans.open), (0, 1, 1));
        drop(root);
        let slow = observed_span!(name = "slow");
        std::thread::sleep(Duration::from_millis(30));
        drop(slow);
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["step", "slow_root", "slow"]);
        let _open = observed_span!(name = "never_ends");
        drop(step(true));
        assert_eq!(
            tracing.shutdown(SOON),
            1,
            "the open one is lost; the trial is not"
        );
        assert!(status().spans.adds_up());
    });
}

#[test]
fn an_unsampled_trace_tells_others_so_although_it_is_on_trial() {
    in_a_process_of_its_own(|| {
        let _tracing = unsampled().set("OBSERVED_KEEP_ERRORS", "1").init();
        let _root = observed_span!(name = "root");
        let context = observed_runtime::context::current();
        assert!(context.span_id().is_valid() && !context.is_sampled());
    });
}

#[test]
fn beyond_the_budget_fewer_traces_are_recorded_and_below_it_all_again() {
    in_a_process_of_its_own(|| {
        let tracing = Tracing::builder("budget")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_SAMPLING_RATE", "1"),
                ("OTEL_TRACES_EXPORTER", "none"),
                ("OBSERVED_OVERHEAD_BUDGET", "0.5"),
                ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ])
            .with_exporter(FakeExporter::default())
            .init();
        let admitted = || status().budget.expect("a budget is set").admitted;
        assert!((admitted() - 1.0).abs() < f64::EPSILON);
        let begin = Instant::now();
        while admitted() > 0.5 && begin.elapsed() < SOON {
            (0..1_000).for_each(|_| assert!(request(true)));
        }
        (0..1_000).for_each(|_| assert!(request(true)));
        let seen = status().spans;
        assert!(seen.over_budget > 0, "{seen:?}");
        assert_eq!(seen.dropped.total(), seen.dropped.queue_full, "{seen:?}");
        let begin = Instant::now();
        while admitted() < 1.0 && begin.elapsed() < 6 * SOON {
            std::thread::sleep(Duration::from_millis(100));
        }
        let before = status().spans.over_budget;
        assert!(request(true));
        assert_eq!(status().spans.over_budget, before);
        assert!(flush(SOON) && status().spans.adds_up());
        drop(tracing);
    });
}

#[observed(name = "entry", parent = parent)]
fn entry(parent: &context::Context) {
    assert!(request(true));
}

#[test]
fn every_exported_span_says_by_which_threshold_its_trace_was_sampled() {
    in_a_process_of_its_own(|| {
        let receiver = Receiver::http();
        let _tracing = Tracing::builder("sampling")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_SAMPLING_RATE", "0.5"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
            ])
            .init();
        (0..100).for_each(|_| assert!(request(true)));
        assert!(flush(SOON));
        let spans = receiver.spans();
        assert!(spans.len() > 30, "{}", spans.len());
        for span in &spans {
            assert_eq!(
                (span.trace_state.as_str(), span.trace_flags),
                ("ot=th:8", 3)
            );
            assert!(span.trace_id.as_str()[18..] >= *"80", "{}", span.trace_id);
        }
        let mut headers = http::HeaderMap::new();
        headers.insert(
            "traceparent",
            "00-0af7651916cd43dd84ffffffffffffff-b7ad6b7169203331-01"
                .parse()
                .unwrap(),
        );
        headers.insert("tracestate", "shop=1,ot=p:1;th:c".parse().unwrap());
        entry(&context::propagation::extract(&headers));
        assert!(flush(SOON));
        for span in &receiver.spans()[spans.len()..] {
            assert_eq!(
                (span.trace_state.as_str(), span.trace_flags),
                ("shop=1,ot=p:1;th:c", 1)
            );
        }
    });
}

#[test]
fn while_exports_keep_failing_no_threshold_is_told() {
    #[observed(name = "entry", parent = parent)]
    fn told(parent: &context::Context) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        context::propagation::inject(&context::current(), &mut headers);
        headers
    }
    in_a_process_of_its_own(|| {
        let _tracing = Tracing::builder("sampling")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_SAMPLING_RATE", "1"),
                ("OTEL_TRACES_EXPORTER", "none"),
            ])
            .with_exporter(FakeExporter::with_manner(Manner::Fails))
            .init();
        assert_eq!(told(&context::Context::default())["tracestate"], "ot=th:0");
        let begin = Instant::now();
        while status().spans.paused == 0 && begin.elapsed() < SOON {
            assert!(request(true) && flush(SOON));
        }
        let headers = told(&context::Context::default());
        assert!(
            headers["traceparent"].to_str().unwrap().ends_with("-02"),
            "{headers:?}"
        );
        assert!(!headers.contains_key("tracestate"), "{headers:?}");
    });
}
