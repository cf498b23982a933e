//! `docker-compose.tracing.yml` and `deploy/collector.yaml`: parsed, and compared with the runtime's defaults and with what
//! the demo records.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use observed_runtime::{Tracing, status};
use observed_tests::requirements::keys_named_in;
use proc_macro2::{TokenStream, TokenTree};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
struct Compose {
    services: BTreeMap<String, Service>,
    networks: BTreeMap<String, Network>,
}

#[derive(Debug, Deserialize)]
struct Service {
    image: String,
    #[serde(default)]
    profiles: Vec<String>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    volumes: Vec<String>,
    ports: Vec<String>,
    networks: Vec<String>,
    healthcheck: Option<Healthcheck>,
}

#[derive(Debug, Deserialize)]
struct Healthcheck {
    test: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Network {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Collector {
    extensions: BTreeMap<String, Value>,
    receivers: BTreeMap<String, Value>,
    processors: BTreeMap<String, Value>,
    exporters: BTreeMap<String, Value>,
    service: Running,
}

#[derive(Debug, Deserialize)]
struct Running {
    extensions: Vec<String>,
    telemetry: Value,
    pipelines: BTreeMap<String, Pipeline>,
}

#[derive(Debug, Deserialize)]
struct Pipeline {
    receivers: Vec<String>,
    processors: Vec<String>,
    exporters: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read<T: serde::de::DeserializeOwned>(file: &str) -> T {
    serde_saphyr::from_str(&std::fs::read_to_string(root().join(file)).unwrap()).unwrap()
}

fn compose() -> Compose {
    read("docker-compose.tracing.yml")
}

fn collector() -> Collector {
    read("deploy/collector.yaml")
}

/// The numbers of a version, which must be a full one.
fn version(service: &Service, image: &str) -> Vec<u32> {
    let tag = service.image.strip_prefix(image).unwrap();
    let parts = tag.split('.').map(|part| part.parse().unwrap());
    let parts: Vec<u32> = parts.collect();
    assert_eq!(parts.len(), 3, "a full version, not {tag}");
    parts
}

#[test]
fn jaeger_is_version_2_pinned_and_watched() {
    let jaeger = &compose().services["jaeger"];
    assert_eq!(version(jaeger, "jaegertracing/jaeger:")[0], 2);
    assert_eq!(
        jaeger.healthcheck.as_ref().unwrap().test.last().unwrap(),
        "http://localhost:13133/status"
    );
}

#[test]
fn without_a_profile_only_jaeger_is_started() {
    let compose = compose();
    let started = compose.services.iter();
    let started = started.filter(|(_, service)| service.profiles.is_empty());
    let started: Vec<&str> = started.map(|(name, _)| name.as_str()).collect();
    assert_eq!(started, ["jaeger"]);
    assert_eq!(compose.services["collector"].profiles, ["collector"]);
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
    let mut taken = BTreeSet::new();
    for (name, service) in compose().services {
        for port in service.ports {
            let inner = port.strip_prefix("127.0.0.1:");
            let inner = inner.unwrap_or_else(|| panic!("{name} publishes {port} to everybody"));
            let host = inner.split(':').next().unwrap();
            assert!(taken.insert(host.to_owned()), "{name} takes {host} again");
        }
    }
}

#[test]
fn the_network_has_the_name_of_the_plan() {
    let compose = compose();
    for service in compose.services.values() {
        assert_eq!(service.networks, ["observability"]);
    }
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

#[test]
fn the_collector_is_pinned_and_reads_the_file_of_this_repository() {
    let collector = &compose().services["collector"];
    version(collector, "otel/opentelemetry-collector-contrib:");
    let mounts = collector.volumes.iter();
    let mounts: Vec<Vec<&str>> = mounts.map(|mount| mount.split(':').collect()).collect();
    let [mount] = &mounts[..] else {
        panic!("one file is mounted, not {mounts:?}")
    };
    let [host, inside, "ro"] = mount[..] else {
        panic!("{mount:?} is not read-only")
    };
    assert!(root().join(host).is_file(), "{host} is not there");
    assert_eq!(host, "./deploy/collector.yaml", "the file of these tests");
    assert_eq!(collector.command, [format!("--config={inside}")]);
}

#[test]
fn the_collector_listens_where_its_ports_are_published_and_sends_to_jaeger() {
    let (compose, collector) = (compose(), collector());
    let protocols = &collector.receivers["otlp"]["protocols"];
    for (endpoint, port) in [
        (&protocols["grpc"]["endpoint"], "14317:4317"),
        (&protocols["http"]["endpoint"], "14318:4318"),
        (
            &collector.extensions["health_check"]["endpoint"],
            "14133:13133",
        ),
    ] {
        let inside = port.split(':').nth(1).unwrap();
        assert_eq!(*endpoint, format!("0.0.0.0:{inside}"));
        let published = &compose.services["collector"].ports;
        assert!(published.contains(&format!("127.0.0.1:{port}")), "{port}");
    }
    let reader = &collector.service.telemetry["metrics"]["readers"][0];
    let metrics = &reader["pull"]["exporter"]["prometheus"];
    assert_eq!(metrics["host"], "0.0.0.0");
    let metrics = format!("127.0.0.1:18888:{}", metrics["port"]);
    assert!(compose.services["collector"].ports.contains(&metrics));
    for (name, exporter) in &collector.exporters {
        let endpoint = exporter["endpoint"].as_str().unwrap();
        let host = endpoint.split(':').next().unwrap();
        assert!(
            compose.services.contains_key(host),
            "{name} sends to {host}"
        );
    }
}

#[test]
fn what_the_collectors_pipelines_name_is_defined() {
    let collector = collector();
    let defined = |names: &[String], definitions: &BTreeMap<String, Value>| {
        assert!(!names.is_empty());
        for name in names {
            assert!(definitions.contains_key(name), "{name} is not defined");
        }
    };
    assert!(!collector.service.pipelines.is_empty());
    defined(&collector.service.extensions, &collector.extensions);
    for pipeline in collector.service.pipelines.values() {
        defined(&pipeline.receivers, &collector.receivers);
        defined(&pipeline.processors, &collector.processors);
        defined(&pipeline.exporters, &collector.exporters);
    }
}

#[test]
fn the_collector_limits_memory_first_redacts_before_it_waits_and_batches_last() {
    let collector = collector();
    for pipeline in collector.service.pipelines.into_values() {
        assert_eq!(
            pipeline.processors,
            ["memory_limiter", "redaction", "tail_sampling"]
        );
        for exporter in &pipeline.exporters {
            let queue = &collector.exporters[exporter]["sending_queue"];
            assert!(queue["batch"]["max_size"].is_u64(), "{exporter}: {queue}");
            // Without a batch the tail sampler's output is a request for each trace, and a queue of requests soon full.
            assert_eq!(queue["sizer"], "items", "{exporter}");
        }
    }
}

/// The keys in `attrs(...)` and `late(...)`, at any depth: `key = value`, `key`, `key: type` and `handle @ "key": type`.
fn keys(stream: TokenStream, found: &mut BTreeSet<String>) {
    let mut before = String::new();
    for tree in stream {
        if let TokenTree::Group(group) = &tree {
            if before == "attrs" || before == "late" {
                let trees: Vec<String> =
                    group.stream().into_iter().map(|t| t.to_string()).collect();
                for entry in trees.split(|tree| tree == ",") {
                    let key = entry.split(|tree| tree == "=" || tree == ":").next();
                    let key = key.unwrap().rsplit(|tree| tree == "@").next().unwrap();
                    found.insert(key.concat().trim_matches('"').to_owned());
                }
            }
            keys(group.stream(), found);
        }
        before = tree.to_string();
    }
    found.remove("");
}

/// Adds the keys of every source file in a folder.
fn recorded(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            recorded(&path, found);
        } else {
            keys(
                std::fs::read_to_string(path).unwrap().parse().unwrap(),
                found,
            );
        }
    }
}

#[test]
fn every_key_that_the_demo_records_is_allowed_through_the_collector() {
    let collector = collector();
    let redaction = &collector.processors["redaction"];
    assert_eq!(redaction["allow_all_keys"], false);
    let allowed = redaction["allowed_keys"].as_array().unwrap();
    let allowed: Vec<&str> = allowed.iter().map(|key| key.as_str().unwrap()).collect();
    let mut recorded_keys = BTreeSet::new();
    recorded(&root().join("demo-backend/src"), &mut recorded_keys);
    // One of each form that the demo has, so that a reader that finds nothing is noticed.
    for known in ["limit.payload_bytes", "trace_id", "context_id"] {
        assert!(
            recorded_keys.contains(known),
            "{known} was not found in {recorded_keys:?}"
        );
    }
    // What the runtime adds by itself, which `--test program origin` compares with what it does add.
    let own = keys_named_in("R1");
    assert!(own.len() > 20, "{own:?}");
    recorded_keys.extend(own);
    for key in recorded_keys {
        assert!(
            allowed.contains(&key.as_str()),
            "{key} is not in allowed_keys"
        );
    }
}

#[test]
fn the_keys_are_read_in_every_form() {
    let source = r#"#[observed(attrs(a, b.c = f(x, y), "d e" = g(z)), late(h: u64, i @ "j": u64))] fn k() {
        observed_event!(name = "attrs(no)", attrs(l,));
    }"#;
    let mut found = BTreeSet::new();
    keys(source.parse().unwrap(), &mut found);
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["a", "b.c", "d e", "h", "j", "l"]
    );
}
