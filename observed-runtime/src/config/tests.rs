mod lock;
mod names;
mod numbers;
mod proxies;
mod rule;
mod specification;
mod viewer;

use super::*;
use crate::sampling::{Keep, Ratio};

fn read(settings: &[(&str, &str)]) -> Result<Settings, String> {
    let mut source = Source::default();
    source.replace(
        settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    Settings::read(&source, "shop").map_err(|refused| refused.reason)
}

#[test]
fn with_nothing_set_tracing_is_off_and_the_defaults_are_the_documented_ones() {
    let settings = read(&[]).unwrap();
    assert!(!settings.enabled);
    assert_eq!(settings.service_name, "shop");
    assert_eq!(settings.sampler, Sampler::new(0.1, true));
    assert_eq!(settings.exporters, [ExporterKind::Otlp]);
    assert_eq!(settings.otlp.protocol, Protocol::Grpc);
    assert_eq!(settings.otlp.endpoint.url(), "http://localhost:4317");
}

#[test]
fn a_malformed_setting_is_named_with_what_it_takes_and_without_its_value() {
    let secret = "s3cr3t";
    for (variable, accepted) in [
        ("TRACING_ENABLED", "1, 0, true or false"),
        ("OTEL_SAMPLING_RATE", "a number from 0 to 1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_TRACES_EXPORTER", "otlp, console, page, none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc or http/protobuf"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "name=value"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "a whole number"),
        ("OTEL_RESOURCE_ATTRIBUTES", "key=value"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip or none"),
        ("OBSERVED_ROOT_SAMPLING_RATES", "name=rate pairs"),
        ("OBSERVED_KEEP_ERRORS", "1, 0, true or false"),
        ("OBSERVED_OVERHEAD_BUDGET", "in percent"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "a whole number"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "a whole number"),
        ("OBSERVED_FIREWALL", "drop, mask or off"),
        ("OBSERVED_TRUST_REMOTE_SAMPLING", "1, 0, true or false"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "a whole number"),
        ("OBSERVED_PIPELINE_ENABLED", "1, 0, true or false"),
    ] {
        let reason = read(&[(variable, secret)]).unwrap_err();
        assert!(
            reason.contains(variable) && reason.contains(accepted),
            "{variable}: {reason}"
        );
        assert!(!reason.contains(secret), "{reason}");
    }
}

#[test]
fn every_malformed_setting_is_named_at_once() {
    let reason = read(&[("TRACING_ENABLED", "yes"), ("OTEL_SAMPLING_RATE", "2")]).unwrap_err();
    assert!(
        reason.contains("TRACING_ENABLED") && reason.contains("OTEL_SAMPLING_RATE"),
        "{reason}"
    );
}

#[test]
fn the_sdk_switch_of_the_specification_wins_over_ours() {
    let settings = read(&[("TRACING_ENABLED", "1"), ("OTEL_SDK_DISABLED", "true")]).unwrap();
    assert!(!settings.enabled);
}

#[test]
fn the_samplers_variable_wins_over_the_rate() {
    let settings = read(&[
        ("OTEL_SAMPLING_RATE", "1"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
    ])
    .unwrap();
    assert_eq!(settings.sampler, Sampler::new(0.0, false));
}

#[test]
fn roots_have_rates_of_their_own_and_traces_are_kept_only_where_that_is_asked_for() {
    let settings = read(&[
        (
            "OBSERVED_ROOT_SAMPLING_RATES",
            "process_action=1, poll_queue = 0.001",
        ),
        ("OBSERVED_KEEP_ERRORS", "1"),
        ("OBSERVED_KEEP_SLOWER_THAN", "250"),
    ])
    .unwrap();
    let roots = BTreeMap::from([
        ("process_action".to_owned(), Ratio::new(1.0)),
        ("poll_queue".to_owned(), Ratio::new(0.001)),
    ]);
    let keep = Keep {
        slower_than: Some(Duration::from_millis(250)),
    };
    let expected = Sampler::new(0.1, true)
        .with_roots(roots)
        .keeping(Some(keep));
    assert_eq!(settings.sampler, expected);
    assert_eq!(read(&[]).unwrap().sampler.keep(), None);
    assert!(read(&[("OBSERVED_ROOT_SAMPLING_RATES", "a=2")]).is_err());
    assert!(read(&[("OBSERVED_OVERHEAD_BUDGET", "0")]).is_err());
}

#[test]
fn the_spans_own_limits_win_over_the_general_ones() {
    let settings = read(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "10"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20"),
    ]);
    let privacy = settings.unwrap().privacy;
    assert_eq!((privacy.max_attributes, privacy.max_text), (10, 20));
    let settings = read(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "10"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "11"),
    ]);
    let privacy = settings.unwrap().privacy;
    assert_eq!((privacy.max_attributes, privacy.max_text), (11, 256));
}

#[test]
fn the_general_endpoint_gets_the_signals_path_and_the_signals_own_does_not() {
    let protocol = ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    let general = read(&[protocol, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/")]).unwrap();
    assert_eq!(general.otlp.endpoint.url(), "http://c:4318/v1/traces");
    let own = read(&[
        protocol,
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318/x"),
    ])
    .unwrap();
    assert_eq!(own.otlp.endpoint.url(), "http://c:4318/x");
}

#[test]
fn credentials_are_never_shown() {
    let settings = read(&[
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://c:4317/p?token=hunter2",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "authorization=Bearer%20hunter2",
        ),
    ])
    .unwrap();
    assert_eq!(settings.otlp.headers[0].1, "Bearer hunter2");
    let shown = format!("{settings:?} {}", settings.otlp.endpoint);
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("http://c:4317/p"), "{shown}");
}

#[test]
fn wrong_endpoints_are_refused_before_anything_is_sent() {
    for url in [
        "localhost",
        "localhost:x",
        #[cfg(not(feature = "_tls"))]
        "localhost:4317",
        "ftp://c",
        "http://",
        "http://c:0",
        "http://c:99999",
        "http://c:+4317",
        "http://c:1:2",
        "http://c d",
        "http://a^b:1",
        "http://lo{al",
        "http://[::1",
        "http://[no]:1",
        "http://c/<p>",
        #[cfg(not(feature = "_tls"))]
        "https://c",
    ] {
        assert!(
            read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", url)]).is_err(),
            "{url}"
        );
    }
    for url in [
        "http://c",
        "http://127.0.0.1:4317",
        "http://[::1]:4317",
        "http://[::1]",
        "HTTP://c",
        #[cfg(feature = "_tls")]
        "https://c",
    ] {
        assert!(
            read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", url)]).is_ok(),
            "{url}"
        );
    }
}

#[test]
fn the_service_name_comes_from_its_variable_then_the_resource_then_the_program() {
    let resource = (
        "OTEL_RESOURCE_ATTRIBUTES",
        "service.name=from%2Dresource,a=b",
    );
    assert_eq!(read(&[resource]).unwrap().service_name, "from-resource");
    let both = read(&[resource, ("OTEL_SERVICE_NAME", "own")]).unwrap();
    assert_eq!(both.service_name, "own");
    assert_eq!(both.resource.len(), 2);
}

#[test]
fn an_exporter_is_named_once() {
    assert!(read(&[("OTEL_TRACES_EXPORTER", "otlp,console,otlp")]).is_err());
    assert_eq!(
        read(&[("OTEL_TRACES_EXPORTER", "otlp, console")])
            .unwrap()
            .exporters
            .len(),
        2
    );
    assert_eq!(
        read(&[("OTEL_TRACES_EXPORTER", "none")]).unwrap().exporters,
        []
    );
}

#[test]
fn numbers_have_no_signs() {
    for (variable, value) in [
        ("OTEL_SAMPLING_RATE", "-0"),
        ("OTEL_SAMPLING_RATE", "+0.5"),
        ("OBSERVED_ROOT_SAMPLING_RATES", "root=-0"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "+5"),
        ("OTEL_RESOURCE_ATTRIBUTES", "a=%+f"),
    ] {
        let reason = read(&[(variable, value)]).unwrap_err();
        assert!(reason.contains(variable), "{variable}={value}: {reason}");
    }
}

#[test]
fn the_signals_path_goes_before_a_query() {
    let settings = [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/base/?key=1"),
    ];
    assert_eq!(
        read(&settings).unwrap().otlp.endpoint.url(),
        "http://c:4318/base/v1/traces?key=1"
    );
}

#[test]
fn scopes_are_read_from_their_variables() {
    let settings = [
        ("OBSERVED_PIPELINE_ENABLED", "1"),
        ("OBSERVED_GATES_ENABLED", "0"),
    ];
    let scopes = read(&settings).unwrap().scopes;
    assert_eq!(scopes.get("PIPELINE"), Some(&true));
    assert_eq!(scopes.get("GATES"), Some(&false));
    assert_eq!(variable_part("payment.cards"), "PAYMENT_CARDS");
}

#[test]
fn what_may_leave_is_read_with_its_limits() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings.privacy, Privacy::default());
    let set = [
        ("OBSERVED_FIREWALL", "mask"),
        ("OBSERVED_ATTRIBUTE_ALLOWLIST", "order.lines, tier"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "100"),
        ("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "50"),
    ];
    let privacy = read(&set).unwrap().privacy;
    assert_eq!(privacy.on_hit, OnHit::Mask);
    let keys: Vec<_> = privacy.allowed.iter().flatten().collect();
    assert_eq!(keys, ["order.lines", "tier"]);
    assert_eq!(privacy.max_text, 50);
    let reason = read(&[("OBSERVED_ATTRIBUTE_ALLOWLIST", "Order Lines")]).unwrap_err();
    assert!(
        reason.contains("OBSERVED_ATTRIBUTE_ALLOWLIST is malformed"),
        "{reason}"
    );
}
