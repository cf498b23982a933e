//! R3: what a program's requests are called, over its whole life.

use std::collections::BTreeSet;

use observed_runtime::testing::capture;
use observed_runtime::{Tracing, observed, status};

use crate::scenario::in_a_process_of_its_own;

#[observed(name = route(method, template), kind = server)]
fn handle(method: &str, template: &'static str) {}

#[test]
fn rates_of_roots_tell_routes_apart() {
    in_a_process_of_its_own(|| {
        let settings = [
            ("TRACING_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", "0"),
            (
                "OBSERVED_ROOT_SAMPLING_RATES",
                "GET /users/{id}=1, POST /users = 1",
            ),
            ("OTEL_TRACES_EXPORTER", "none"),
        ];
        let _tracing = Tracing::builder("routes").settings(settings).init();
        for _ in 0..10 {
            handle("GET", "/users/{id}");
            handle("POST", "/users");
            handle("GET", "/users");
        }
        let spans = status().spans;
        assert_eq!((spans.started, spans.unsampled), (20, 10), "{spans:?}");
    });
}

/// The names that are made stay, so it is alone.
#[test]
fn beyond_1024_templates_the_method_alone_is_the_name_and_that_is_counted() {
    const MORE: u64 = 1_100;
    in_a_process_of_its_own(|| {
        let ((), capture) = capture(|| {
            for n in 0..MORE {
                handle("GET", format!("/many/{}/{}", n / 100, n % 100).leak());
            }
            handle("GET", "/many/0/0");
        });
        let names: BTreeSet<&str> = capture.spans.iter().map(|span| span.name).collect();
        assert_eq!(names.len(), 1_024 + 1);
        assert!(names.contains("GET"));
        assert_eq!(capture.accounting.routes_unnamed, MORE - 1_024);
        assert_eq!(capture.spans.last().unwrap().name, "GET /many/0/0");
    });
}
