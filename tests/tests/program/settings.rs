//! Settings that are ignored, or that switch a part off, in a whole program.

use observed_runtime::context::propagation::{extract, inject};
use observed_runtime::{is_tracing_enabled, status};

use crate::logs::{collect, count};
use crate::on;
use crate::scenario::in_a_process_of_its_own;

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
