//! The labels of the table, each value a word of a closed list.

use crate::metrics::metric::{Labels, Points};
use crate::status::Status;

const ERROR: &str = "error.type";
const REASON: &str = "observed.reason";

/// This runtime's queue and worker stand where an SDK has this processor, and read its variables.
const PROCESSOR: &str = "batching_span_processor";

/// A single value without labels.
pub(super) fn plain<N>(value: N) -> Points<N> {
    vec![(Vec::new(), value)]
}

/// One value for each reason.
pub(super) fn by_reason<N, const COUNT: usize>(values: [(&'static str, N); COUNT]) -> Points<N> {
    let labelled = values.map(|(reason, value)| (vec![(REASON, reason)], value));
    labelled.into()
}

/// Every word of `words`: 1 for what holds at the moment, 0 for the others.
pub(super) fn one_of(key: &'static str, words: &[&'static str], now: &str) -> Points<f64> {
    let held = |word: &&'static str| (vec![(key, *word)], f64::from(u8::from(*word == now)));
    words.iter().map(held).collect()
}

/// What OpenTelemetry's SDKs say of spans that are recorded.
pub(super) fn recorded<N>(value: N) -> Points<N> {
    vec![(
        vec![("otel.span.sampling_result", "RECORD_AND_SAMPLE")],
        value,
    )]
}

/// The labels of what takes the place of a processor.
pub(super) fn processor() -> Labels {
    component(PROCESSOR, "batching_span_processor/0")
}

/// The labels of the exporters.
pub(super) fn exporter(status: &Status) -> Labels {
    let kind = status.exporter_type;
    let name = match kind {
        "otlp_grpc_span_exporter" => "otlp_grpc_span_exporter/0",
        "otlp_http_span_exporter" => "otlp_http_span_exporter/0",
        other => other,
    };
    component(kind, name)
}

fn component(kind: &'static str, name: &'static str) -> Labels {
    vec![("otel.component.type", kind), ("otel.component.name", name)]
}

/// What succeeded has no error; the rest has one value for each.
pub(super) fn by_error(
    component: &Labels,
    succeeded: u64,
    failed: impl IntoIterator<Item = (&'static str, u64)>,
) -> Points<u64> {
    let labelled = |(error, value)| ([&component[..], &[(ERROR, error)]].concat(), value);
    let succeeded = (component.clone(), succeeded);
    std::iter::once(succeeded)
        .chain(failed.into_iter().map(labelled))
        .collect()
}
