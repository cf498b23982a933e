//! The text for Prometheus is whole, well formed, and says what the account says.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use observed_runtime::metrics::{self, Metric};
use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{Status, Tracing, flush, observed, status};

use crate::scenario::in_a_process_of_its_own;

const PATIENCE: Duration = Duration::from_secs(20);

#[observed(name = "work")]
fn work() {}

#[observed(name = "waits")]
fn waits(meanwhile: impl FnOnce()) {
    meanwhile();
}

/// Everything is recorded and goes to `exporter`.
pub(crate) fn started(exporter: &FakeExporter) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_SAMPLING_RATE", "1"),
        ("OTEL_TRACES_EXPORTER", "none"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "4096"),
    ];
    Tracing::builder("shop")
        .settings(settings)
        .with_exporter(exporter.clone())
        .init()
}

/// Three spans that arrive and two that do not.
pub(crate) fn some_work(exporter: &FakeExporter) {
    (0..3).for_each(|_| work());
    assert!(flush(PATIENCE));
    exporter.set_manner(Manner::Fails);
    (0..2).for_each(|_| work());
    assert!(flush(PATIENCE));
}

/// Series as the text writes them, with their values as it writes them.
pub(crate) fn samples(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let samples = lines.map(|line| line.rsplit_once(' ').unwrap());
    let mut all = BTreeMap::new();
    for (series, value) in samples {
        assert_eq!(all.insert(series, value), None, "{series} is there twice");
    }
    all
}

/// The values of `metric` by its one label that is asked for; its other labels do not matter.
fn values(text: &str, metric: &str, key: &str) -> BTreeMap<String, u64> {
    let of_metric = samples(text).into_iter().filter_map(|(series, value)| {
        let labels = series.strip_prefix(metric)?.trim_matches(['{', '}']);
        let word = labels
            .split(',')
            .find_map(|label| label.strip_prefix(&format!("{key}=")));
        let word = word.unwrap_or_default().trim_matches('"');
        Some((word.to_owned(), value.parse().unwrap()))
    });
    of_metric.collect()
}

fn by_word<const COUNT: usize>(values: [(&str, u64); COUNT]) -> BTreeMap<String, u64> {
    values.map(|(word, value)| (word.to_owned(), value)).into()
}

#[test]
fn the_text_says_where_spans_went() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = started(&exporter);
        some_work(&exporter);
        let text = waits_and_asks();
        let ended = values(&text, "otel_sdk_exporter_span_exported_total", "error_type");
        assert_eq!((ended[""], ended["export failed"]), (3, 2));
        assert_eq!(ended.values().sum::<u64>(), 5, "{ended:?}");
        let processed = values(
            &text,
            "otel_sdk_processor_span_processed_total",
            "error_type",
        );
        assert_eq!((processed[""], processed["queue_full"]), (5, 0));
        for (metric, expected) in [
            ("otel_sdk_span_started_total", 6),
            ("otel_sdk_span_live", 1),
            ("otel_sdk_processor_span_queue_capacity", 4096),
            ("observed_span_pending", 0),
            ("observed_span_unaccounted", 0),
        ] {
            assert_eq!(
                values(&text, metric, "error_type"),
                by_word([("", expected)]),
                "{metric}"
            );
        }
    });
}

/// The text while a span is open; the age that it gives lies between two that the status gives.
fn waits_and_asks() -> String {
    let mut text = String::new();
    let age = || status().oldest_open.unwrap().as_secs_f64();
    waits(|| {
        let before = age();
        text = status().to_prometheus();
        let written: f64 = samples(&text)["observed_span_oldest_open_seconds"]
            .parse()
            .unwrap();
        assert!((before..=age()).contains(&written), "{written}");
    });
    text
}

#[test]
fn of_the_words_of_a_state_the_one_that_holds_is_1() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = started(&exporter);
        let holds = || -> Vec<String> {
            let text = status().to_prometheus();
            let words = samples(&text).into_iter().filter_map(|(series, value)| {
                let word = ["observed_state=\"", "observed_mode=\""];
                let word = word
                    .iter()
                    .find_map(|key| Some(series.split_once(key)?.1))?;
                assert!(["0", "1"].contains(&value), "{series} {value}");
                let (metric, _) = series.split_once('{').unwrap();
                (value == "1").then(|| format!("{metric} {}", word.trim_end_matches("\"}")))
            });
            words.collect()
        };
        let expected = |tracing: &str, worker: &str| {
            [
                "observed_firewall_mode drop".to_owned(),
                "observed_lock_mode off".to_owned(),
                format!("observed_tracing_state {tracing}"),
                format!("observed_worker_state {worker}"),
            ]
        };
        assert_eq!(holds(), expected("enabled", "exporting"));
        exporter.set_manner(Manner::Fails);
        work();
        assert!(flush(PATIENCE));
        assert_eq!(holds(), expected("enabled", "failing"));
        observed_runtime::set_tracing_enabled(false);
        assert_eq!(holds(), expected("disabled", "failing"));
    });
}

#[test]
fn what_an_exporter_holds_is_in_flight_until_it_returns() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::with_manner(Manner::Hangs);
        let _tracing = started(&exporter);
        (0..7).for_each(|_| work());
        assert!(!flush(Duration::ZERO));
        let held = |status: &Status| (status.spans.in_flight, status.spans.handed_over);
        wait_until(|| held(&status()) == (7, 7));
        assert_eq!((status().spans.pending, status().spans.exported), (7, 0));
        exporter.set_manner(Manner::Accepts);
        assert!(flush(PATIENCE));
        assert_eq!(held(&status()), (0, 7));
        assert_eq!((status().spans.pending, status().spans.exported), (0, 7));
    });
}

fn wait_until(holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "{:?}", status());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn exporters_go_by_opentelemetrys_word_where_it_has_one() {
    in_a_process_of_its_own(|| {
        let kind_of = |exporters: &str, protocol: &str, of_program: usize| {
            let settings = [
                ("OTEL_TRACES_EXPORTER", exporters),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ];
            let mut builder = Tracing::builder("shop").settings(settings);
            for _ in 0..of_program {
                builder = builder.with_exporter(FakeExporter::default());
            }
            let _tracing = builder.init();
            let text = status().to_prometheus();
            let inflight = "otel_sdk_exporter_span_inflight{otel_component_type=\"";
            let (_, rest) = text.split_once(inflight).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        assert_eq!(kind_of("otlp", "grpc", 0), "otlp_grpc_span_exporter");
        assert_eq!(
            kind_of("otlp", "http/protobuf", 0),
            "otlp_http_span_exporter"
        );
        assert_eq!(kind_of("console", "grpc", 0), "console");
        assert_eq!(kind_of("none", "grpc", 0), "none");
        assert_eq!(kind_of("none", "grpc", 1), "program");
        assert_eq!(kind_of("none", "grpc", 2), "several");
        assert_eq!(kind_of("otlp", "grpc", 1), "several");
        assert_eq!(kind_of("otlp,console", "grpc", 0), "several");
    });
}

#[test]
fn every_series_of_the_table_is_in_the_text_once_below_its_help_and_its_type() {
    let (status, mut rest) = (status(), status().to_prometheus());
    for metric in metrics::all() {
        let expected = block(metric, &status);
        let Some(after) = rest.strip_prefix(&expected) else {
            panic!("{expected:?} is not what follows: {rest:?}");
        };
        // The values are between the series.
        let (_, values) = (0..metric.series(&status).len()).fold((0, after), |(at, text), _| {
            let (_, next) = text.split_once('\n').unwrap_or((text, ""));
            (at + 1, next)
        });
        rest = values.to_owned();
    }
    assert_eq!(rest, "");
}

/// What stands above the values of a metric; nothing where it has none.
fn block(metric: &Metric, status: &Status) -> String {
    if metric.series(status).is_empty() {
        return String::new();
    }
    let (name, help) = (metric.prometheus_name(), metric.help);
    let kind = if matches!(metric.kind(), metrics::Kind::Counter) {
        "counter"
    } else {
        "gauge"
    };
    format!("# HELP {name} {help}\n# TYPE {name} {kind}\n")
}

#[test]
fn names_keys_and_words_need_no_escape() {
    let text = status().to_prometheus();
    for series in samples(&text).into_keys() {
        let plain = |c: char| c.is_ascii_alphanumeric() || "_{}=\",/ ".contains(c);
        assert!(series.chars().all(plain), "{series}");
    }
    for line in text.lines().filter(|line| line.starts_with("# HELP")) {
        assert!(!line.contains('\\') && line.ends_with('.'), "{line}");
    }
}
