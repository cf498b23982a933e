//! In a process of its own: nothing else is captured beside it, so that nothing is recorded.

mod lines;

use lines::lines_of;
use observed_runtime::context::{self, propagation};
use observed_runtime::observed_span;
use observed_tracing::{List, WithIds, layer, span};
use tracing_subscriber::Registry;
use tracing_subscriber::fmt::format;
use tracing_subscriber::layer::SubscriberExt;

#[test]
fn while_nothing_is_recorded_a_line_has_no_ids_in_a_callers_trace_neither() {
    let mut headers = http::HeaderMap::new();
    let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    headers.insert("traceparent", value.parse().unwrap());
    let caller = propagation::extract(&headers);
    let subscriber = |writer| {
        let subscriber = tracing_subscriber::fmt().with_writer(writer);
        let subscriber = subscriber.with_ansi(false);
        let format = WithIds::text(format().without_time());
        subscriber.event_format(format).finish()
    };
    let ((), lines) = lines_of(subscriber, || {
        caller.run(|| {
            let _span = observed_span!(name = "read_block");
            assert_eq!(context::ids(), None);
            tracing::info!("priced");
        });
    });
    assert_eq!(lines, " INFO switched_off: priced\n");
}

#[test]
fn while_nothing_is_recorded_the_layer_makes_nothing_current() {
    let list = List::new().with(span("switched_off", "read").number("rows"));
    let subscriber = Registry::default().with(layer(&list).unwrap());
    tracing::subscriber::with_default(subscriber, || {
        let read = tracing::info_span!("read", rows = 1).entered();
        assert_eq!(context::current(), context::Context::default());
        read.record("rows", 2);
        tracing::info!("told");
    });
}
