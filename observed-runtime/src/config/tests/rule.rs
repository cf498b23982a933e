//! What is fatal, what is told, and what wins (R13).

use super::*;

const HTTP: (&str, &str) = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317");
const OWN: (&str, &str) = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4317");

/// Nothing is fatal, and the one warning names the variable and not its value.
fn warned(settings: &[(&str, &str)], variable: &str, secret: &str) -> Settings {
    let read = read(settings).unwrap();
    let [warning] = read.warnings.as_slice() else {
        panic!("{settings:?}: {:?}", read.warnings);
    };
    assert!(warning.starts_with(&format!("{variable}: ")), "{warning}");
    assert!(secret.is_empty() || !warning.contains(secret), "{warning}");
    read
}

#[test]
fn propagators_beside_the_one_that_is_built_in_are_told_and_tracing_stays_on() {
    let variable = "OTEL_PROPAGATORS";
    for list in ["tracecontext,baggage", "b3, TraceContext"] {
        assert!(warned(&[(variable, list)], variable, "b3").propagates);
    }
    for list in ["baggage", "s3cr3t", "none,tracecontext"] {
        assert!(!warned(&[(variable, list)], variable, "s3cr3t").propagates);
    }
    for (list, propagates) in [("NONE", false), ("tracecontext", true), (",", true)] {
        let settings = read(&[(variable, list)]).unwrap();
        assert_eq!(settings.propagates, propagates, "{list}");
        assert_eq!(settings.warnings, [""; 0], "{list}");
    }
}

#[test]
fn words_are_taken_in_any_case() {
    let settings = read(&[
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "HTTP/Protobuf"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "GZIP"),
        ("OTEL_TRACES_SAMPLER", "ParentBased_Always_On"),
        ("OTEL_TRACES_EXPORTER", "OTLP,Console"),
        ("OBSERVED_FIREWALL", "MASK"),
    ])
    .unwrap();
    assert_eq!(settings.otlp.protocol, Protocol::HttpProtobuf);
    assert!(settings.otlp.gzip);
    assert_eq!(settings.sampler, Sampler::new(1.0, true));
    assert_eq!(settings.exporters.len(), 2);
    assert_eq!(settings.privacy.on_hit, OnHit::Mask);
    let none = read(&[("OTEL_TRACES_EXPORTER", "None")]).unwrap();
    assert_eq!(none.exporters, []);
}

#[test]
fn a_boolean_of_the_specification_is_true_by_one_word_only() {
    let variable = "OTEL_SDK_DISABLED";
    assert!(read(&[(variable, "TRUE")]).unwrap().sdk_disabled);
    assert_eq!(read(&[(variable, "False")]).unwrap().warnings, [""; 0]);
    for other in ["1", "yes", "s3cr3t"] {
        assert!(!warned(&[(variable, other)], variable, "s3cr3t").sdk_disabled);
    }
}

#[test]
fn what_is_not_used_is_never_fatal() {
    let bad = "s3 cr3t";
    for (variable, beside) in [
        ("OTEL_TRACES_SAMPLER_ARG", HTTP),
        (
            "OTEL_TRACES_SAMPLER_ARG",
            ("OTEL_TRACES_SAMPLER", "always_on"),
        ),
        ("OTEL_SAMPLING_RATE", ("OTEL_TRACES_SAMPLER", "always_on")),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", OWN),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            ("OTEL_TRACES_EXPORTER", "none"),
        ),
        (
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "1"),
        ),
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc"),
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "a=b"),
        ),
        (
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
        ),
        (
            "OTEL_ATTRIBUTE_COUNT_LIMIT",
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1"),
        ),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", HTTP),
        ("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", HTTP),
    ] {
        warned(&[beside, (variable, bad)], variable, bad);
    }
    let slower = "OBSERVED_KEEP_SLOWER_THAN";
    warned(&[(slower, "5")], slower, "");
}

#[test]
fn what_wins_is_fatal_where_it_is_malformed() {
    for (variable, beside) in [
        (
            "OTEL_TRACES_SAMPLER_ARG",
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
        ),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", HTTP),
        (
            "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1"),
        ),
        #[cfg(feature = "_tls")]
        (
            "OTEL_EXPORTER_OTLP_CLIENT_KEY",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://c"),
        ),
    ] {
        let reason = read(&[beside, (variable, "s3 cr3t")]).unwrap_err();
        assert!(
            reason.contains(variable) && !reason.contains("s3 cr3t"),
            "{reason}"
        );
    }
}

/// What it was to say cannot be known, also where the default would do no harm.
#[test]
fn a_value_that_is_malformed_or_unknown_is_fatal_whatever_its_variable() {
    for (variable, value) in [
        ("OTEL_RESOURCE_ATTRIBUTES", "a=%zz"),
        ("OTEL_BSP_SCHEDULE_DELAY", "5s"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "soon"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "1e3"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "10s"),
        ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "all"),
        ("OBSERVED_CODE_ATTRIBUTES", "no"),
        ("OBSERVED_MAX_REQUEST_BYTES", "4MB"),
    ] {
        let reason = read(&[(variable, value)]).unwrap_err();
        let expected = format!("{variable} is malformed: it takes ");
        assert!(reason.starts_with(&expected), "{value}: {reason}");
    }
}

#[test]
fn what_is_reported_instead_of_being_fatal_is_what_the_rule_excepts() {
    let far = ("HTTP_PROXY", "p.test:1");
    let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c.test:4317");
    for (variable, value) in [
        ("OTEL_SDK_DISABLED", "1"),
        ("OTEL_EXPORTER_OTLP_INSECURE", "1"),
        ("OTEL_PROPAGATORS", "b3"),
        ("NO_PROXY", "10.*"),
    ] {
        warned(&[far, endpoint, (variable, value)], variable, "");
    }
    let on = [("TRACING_ENABLED", "1"), ("OTEL_SDK_DISABLED", "1")];
    assert!(read(&on).unwrap().enabled, "as the specification wants");
}

#[test]
fn an_empty_name_of_the_service_counts_as_unset() {
    let settings = read(&[("OTEL_RESOURCE_ATTRIBUTES", "service.name=,a=b")]).unwrap();
    assert_eq!(settings.service_name, "shop");
    assert_eq!(settings.resource.len(), 1);
}

#[test]
fn what_would_change_the_request_or_everything_is_refused_with_a_reason() {
    for (variable, value, why) in [
        ("OTEL_CONFIG_FILE", "s3cr3t.yaml", "files"),
        ("OTEL_EXPERIMENTAL_CONFIG_FILE", "s3cr3t.yaml", "files"),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://u:s3cr3t@c:4317",
            "OTEL_EXPORTER_OTLP_HEADERS",
        ),
        (
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "content-length=s3cr3t",
            "transport",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Transfer-Encoding=s3cr3t",
            "transport",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "a=b,grpc-timeout=s3cr3t",
            "transport",
        ),
        ("OTEL_EXPORTER_OTLP_HEADERS", "te=s3cr3t", "transport"),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "content-encoding=s3cr3t",
            "transport",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Content-Type=s3cr3t",
            "transport",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "grpc-encoding=s3cr3t",
            "transport",
        ),
        ("OTEL_EXPORTER_OTLP_HEADERS", "HOST=s3cr3t", "transport"),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "connection=s3cr3t",
            "transport",
        ),
    ] {
        let reason = read(&[(variable, value)]).unwrap_err();
        assert!(
            reason.contains(variable) && reason.contains(why),
            "{reason}"
        );
        assert!(!reason.contains("s3cr3t"), "{reason}");
    }
}

#[test]
fn warnings_do_not_make_equal_settings_look_different() {
    let (plain, told) = (
        read(&[]).unwrap(),
        read(&[("OBSERVED_FIREWAL", "x")]).unwrap(),
    );
    assert!(plain != told && plain.do_as(&told));
    assert!(!plain.do_as(&read(&[("OTEL_SAMPLING_RATE", "1")]).unwrap()));
}

#[test]
fn what_code_sets_wins_over_every_form_in_the_environment() {
    let environment = [
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://environment:1"),
        ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "bad"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1"),
        ("OTEL_SERVICE_NAME", "environment"),
        ("OTEL_BSP_SCHEDULE_DELAY", "11"),
        ("http_proxy", "http://environment:1"),
    ];
    let mut source = Source::default();
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://code:2"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "7"),
        ("OTEL_SAMPLING_RATE", "1"),
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "2"),
        ("OTEL_RESOURCE_ATTRIBUTES", "service.name=code"),
        ("OTEL_BSP_SCHEDULE_DELAY", "22"),
        ("HTTP_PROXY", "http://code:2"),
    ] {
        source.set(name, value);
    }
    // What was set before is not forgotten.
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    source.replace(environment.into_iter().map(own));
    let settings = Settings::read(&source, "shop").unwrap();
    assert_eq!(settings.otlp.endpoint.url(), "http://code:2");
    assert_eq!(settings.otlp.timeout, Duration::from_millis(7));
    assert_eq!(settings.sampler, Sampler::new(1.0, true));
    assert_eq!(settings.privacy.max_attributes, 2);
    assert_eq!(settings.service_name, "code");
    assert_eq!(settings.batch.delay, Duration::from_millis(22));
    assert_eq!(settings.otlp.proxy.unwrap().address, "code:2");
}

#[test]
fn variables_of_other_signals_are_told_unless_they_ask_for_nothing() {
    let told = "OTEL_METRICS_EXPORTER";
    warned(&[(told, "s3cr3t")], told, "s3cr3t");
    let none = read(&[(told, "None"), ("OTEL_LOGS_EXPORTER", "none")]).unwrap();
    assert_eq!(none.warnings, [""; 0]);
}

#[test]
fn a_scheme_is_taken_in_any_case() {
    let endpoint = |url| read(&[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url)]).map(|read| read.otlp);
    let plain = endpoint("HTTP://Collector:4317").unwrap().endpoint;
    assert_eq!(plain.url(), "http://Collector:4317");
    assert!(!plain.is_tls());
    let tls = endpoint("HttpS://c:4317");
    #[cfg(feature = "_tls")]
    assert!(tls.unwrap().endpoint.is_tls());
    #[cfg(not(feature = "_tls"))]
    assert!(tls.unwrap_err().contains("feature `tls`"));
}

#[test]
fn an_endpoint_of_grpc_without_a_scheme_goes_by_insecure() {
    let bare = ("OTEL_EXPORTER_OTLP_ENDPOINT", "c:4317");
    let insecure = ("OTEL_EXPORTER_OTLP_INSECURE", "True");
    let plain = read(&[bare, insecure]).unwrap().otlp.endpoint;
    assert_eq!(plain.url(), "http://c:4317");
    let own = ("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "false");
    for settings in [&[bare][..], &[bare, insecure, own]] {
        let secure = read(settings);
        #[cfg(feature = "_tls")]
        assert_eq!(secure.unwrap().otlp.endpoint.url(), "https://c:4317");
        #[cfg(not(feature = "_tls"))]
        assert!(secure.unwrap_err().contains("feature `tls`"));
    }
    let http = ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    for settings in [
        &[bare, insecure, http][..],
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "s3cr3t"), insecure],
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "u:s3cr3t@c:4317"), insecure],
    ] {
        let reason = read(settings).unwrap_err();
        assert!(
            reason.contains("_ENDPOINT is ") && !reason.contains("s3cr3t"),
            "{reason}"
        );
    }
    // The scheme wins, and only a true word is true.
    let schemed = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317");
    assert_eq!(read(&[schemed, own]).unwrap().warnings, [""; 0]);
    let variable = "OTEL_EXPORTER_OTLP_INSECURE";
    warned(&[schemed, (variable, "1")], variable, "");
}

#[test]
fn what_is_ignored_is_told_where_something_else_is_refused_too() {
    let mut source = Source::default();
    let settings = [("OBSERVED_FIREWAL", "x"), ("OTEL_SAMPLING_RATE", "7")];
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    source.replace(settings.into_iter().map(own));
    let refused = Settings::read(&source, "shop").unwrap_err();
    assert_eq!(
        refused.reason,
        "OTEL_SAMPLING_RATE is malformed: it takes a number from 0 to 1"
    );
    assert_eq!(refused.warnings.len(), 1, "{:?}", refused.warnings);
}
