//! `docker-compose.tracing.yml`: parsed, and compared with the runtime's defaults.

use std::collections::BTreeMap;
use std::path::Path;

use observed_runtime::{Tracing, status};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Compose {
    services: BTreeMap<String, Service>,
    networks: BTreeMap<String, Network>,
}

#[derive(Debug, Deserialize)]
struct Service {
    image: String,
    ports: Vec<String>,
    networks: Vec<String>,
    healthcheck: Healthcheck,
}

#[derive(Debug, Deserialize)]
struct Healthcheck {
    test: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Network {
    name: String,
}

fn compose() -> Compose {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docker-compose.tracing.yml");
    serde_saphyr::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn jaeger_is_version_2_pinned_and_watched() {
    let jaeger = &compose().services["jaeger"];
    let version = jaeger.image.strip_prefix("jaegertracing/jaeger:").unwrap();
    let parts: Vec<u32> = version
        .split('.')
        .map(|part| part.parse().unwrap())
        .collect();
    assert_eq!(
        (parts.len(), parts[0]),
        (3, 2),
        "a full version of Jaeger 2, not {version}"
    );
    assert_eq!(
        jaeger.healthcheck.test.last().unwrap(),
        "http://localhost:13133/status"
    );
}

#[test]
fn ports_are_bound_to_the_loopback_address_only() {
    let jaeger = &compose().services["jaeger"];
    let expected = [
        "127.0.0.1:4317:4317",
        "127.0.0.1:4318:4318",
        "127.0.0.1:16686:16686",
    ];
    assert_eq!(jaeger.ports, expected);
}

#[test]
fn the_network_has_the_name_of_the_plan() {
    let compose = compose();
    assert_eq!(compose.services["jaeger"].networks, ["observability"]);
    assert_eq!(
        compose.networks["observability"].name,
        "techno_observability"
    );
}

#[test]
fn the_runtimes_default_endpoints_are_the_published_ports() {
    let ports = compose().services["jaeger"].ports.join(" ");
    for (protocol, expected) in [
        ("grpc", "otlp grpc http://localhost:4317"),
        (
            "http/protobuf",
            "otlp http/protobuf http://localhost:4318/v1/traces",
        ),
    ] {
        let tracing = Tracing::builder("compose-test")
            .settings([("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)])
            .init();
        assert_eq!(status().exporter, expected);
        drop(tracing);
        let port = expected
            .split(':')
            .nth(2)
            .unwrap()
            .split('/')
            .next()
            .unwrap();
        assert!(
            ports.contains(&format!("127.0.0.1:{port}:{port}")),
            "{port} is not in {ports}"
        );
    }
}
