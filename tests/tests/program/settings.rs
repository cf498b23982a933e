//! Settings that are ignored, or that switch a part off, in a whole program.

use std::time::{Duration, Instant};

use observed_runtime::context::propagation::{extract, inject};
use observed_runtime::{is_tracing_enabled, status};

use crate::logs::{collect, count};
use crate::scenario::{in_a_process_of_its_own, in_a_process_with};
use crate::{SOON, on, work};

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

fn carries() -> (bool, bool) {
    let mut headers = http::HeaderMap::new();
    headers.insert("traceparent", PARENT.parse().unwrap());
    let context = extract(&headers);
    let mut out = http::HeaderMap::new();
    inject(&observed_runtime::context::current(), &mut out);
    (context.is_sampled(), out.contains_key("traceparent"))
}

#[test]
fn what_is_ignored_is_logged_once_and_in_the_status_and_is_no_other_setting() {
    in_a_process_of_its_own(|| {
        collect();
        let told = on()
            .set("OBSERVED_FIREWAL", "hunter2")
            .set("OTEL_PROPAGATORS", "tracecontext,baggage")
            .init();
        assert!(is_tracing_enabled());
        let warnings = status().warnings;
        assert_eq!(warnings.len(), 2, "{warnings:?}");
        let _again = on().init();
        assert_eq!(count("OBSERVED_FIREWAL: is no setting"), 1);
        assert_eq!(count("OTEL_PROPAGATORS: "), 1);
        assert_eq!(count("initialised again with other settings"), 0);
        assert_eq!(count("hunter2"), 0);
        drop(told);
    });
}

#[test]
fn without_the_propagator_headers_are_neither_read_nor_written_and_tracing_is_on() {
    in_a_process_of_its_own(|| {
        let in_a_span = || {
            let _span = observed_runtime::observed_span!(name = "outer");
            carries()
        };
        let tracing = on().init();
        assert_eq!(in_a_span(), (true, true));
        drop(tracing);
        let _tracing = on().set("OTEL_PROPAGATORS", "none").init();
        assert!(is_tracing_enabled());
        assert_eq!(in_a_span(), (false, false));
    });
}

#[test]
fn settings_do_not_forget_what_was_set_before() {
    in_a_process_of_its_own(|| {
        let _tracing = observed_runtime::Tracing::builder("scenario")
            .set("OTEL_SERVICE_NAME", "of_code")
            .settings([("OTEL_SERVICE_NAME", "of_the_environment")])
            .init();
        assert_eq!(status().service_name, "of_code");
    });
}

#[observed_runtime::observed(name = "piped", scope = "pipeline")]
fn piped() {}

#[test]
fn a_switch_that_is_nearly_a_scopes_is_told_once_when_that_scope_is_met() {
    in_a_process_of_its_own(|| {
        collect();
        let _tracing = on()
            .set("OBSERVED_PIPLINE_ENABLED", "1")
            .set("OTEL_BSP_SCHEDULE_DELAY", "10")
            .init();
        for _ in 0..3 {
            piped();
        }
        assert!(observed_runtime::flush(SOON) && observed_runtime::flush(SOON));
        assert_eq!(count("OBSERVED_PIPLINE_ENABLED is set"), 1);
        let warnings = status().warnings;
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("is OBSERVED_PIPELINE_ENABLED meant?"));
        assert_eq!(status().spans.started, 0);
    });
}

#[test]
fn what_is_ignored_is_told_where_another_setting_leaves_tracing_off() {
    in_a_process_of_its_own(|| {
        collect();
        let _tracing = on()
            .set("OBSERVED_FIREWAL", "hunter2")
            .set("OTEL_SAMPLING_RATE", "hunter2")
            .set("OTEL_TRACES_SAMPLER", "")
            .init();
        assert!(!is_tracing_enabled());
        assert_eq!(status().warnings.len(), 1);
        assert_eq!(count("OBSERVED_FIREWAL: is no setting"), 1);
        assert_eq!(count("hunter2"), 0);
    });
}

#[test]
fn an_export_without_a_limit_does_not_keep_a_flush_or_the_end() {
    in_a_process_of_its_own(|| {
        // Takes connections and never says a word.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let tracing = on()
            .set("OTEL_TRACES_EXPORTER", "otlp")
            .set(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                &format!("http://{}", silent.local_addr().unwrap()),
            )
            .set("OTEL_EXPORTER_OTLP_TIMEOUT", "0")
            .set("OTEL_BSP_EXPORT_TIMEOUT", "0")
            .set("OTEL_BSP_SCHEDULE_DELAY", "0")
            .set("OTEL_BSP_MAX_QUEUE_SIZE", "2147483647")
            .init();
        assert!(is_tracing_enabled(), "{:?}", status());
        work();
        let begin = Instant::now();
        assert!(!observed_runtime::flush(Duration::from_millis(300)));
        assert_eq!(tracing.shutdown(Duration::from_millis(300)), 1);
        assert!(begin.elapsed() < Duration::from_secs(2), "{begin:?}");
    });
}

#[test]
fn without_a_delay_a_span_leaves_at_once() {
    in_a_process_of_its_own(|| {
        let exporter = observed_runtime::testing::FakeExporter::default();
        let _tracing = on()
            .set("OTEL_BSP_SCHEDULE_DELAY", "0")
            .with_exporter(exporter.clone())
            .init();
        work();
        let begin = Instant::now();
        while exporter.count() == 0 {
            assert!(begin.elapsed() < Duration::from_secs(2));
            std::thread::sleep(Duration::from_millis(1));
        }
    });
}

#[test]
fn a_switch_in_code_wins_over_the_own_form_of_the_environment() {
    let environment = [("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9")];
    in_a_process_with(&environment, || {
        let _tracing = observed_runtime::Tracing::builder("scenario")
            .set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:7")
            .init();
        assert_eq!(status().exporter, "otlp grpc http://127.0.0.1:7");
    });
}
