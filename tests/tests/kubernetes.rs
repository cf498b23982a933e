//! `deploy/kustomization.yaml` and `deploy/kubernetes`: the settings are the runtime's, what they name is there, and every
//! container has probes and limits. Whether Kubernetes would take them, `.ci/run` asks `kustomize` and `kubectl-validate`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use observed_runtime::{State, Tracing, status};
use serde_json::Value;

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy")
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn read(file: &str) -> String {
    fs::read_to_string(deploy().join(file)).unwrap()
}

fn strings(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|item| item.as_str().unwrap()).collect()
}

/// The objects of the files that the kustomization names.
fn manifests() -> Vec<Value> {
    let kustomization = yaml(&read("kustomization.yaml"));
    let files = strings(&kustomization["resources"]).into_iter().map(read);
    let documents = files.flat_map(|file| file.split("\n---\n").map(yaml).collect::<Vec<_>>());
    documents.collect()
}

/// The templates of pods, by the name of what makes them.
fn pods() -> BTreeMap<String, Value> {
    let manifests = manifests().into_iter();
    let workloads = manifests.filter(|manifest| manifest["spec"]["template"].is_object());
    let pod = |workload: Value| {
        let name = workload["metadata"]["name"].as_str().unwrap().to_owned();
        (name, workload["spec"]["template"]["spec"].clone())
    };
    workloads.map(pod).collect()
}

fn settings() -> Vec<(String, String)> {
    let text = read("kubernetes/tracing.env");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| line.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_settings_are_the_runtimes_and_leave_tracing_off() {
    let tracing = Tracing::builder("kubernetes").settings(settings()).init();
    assert_eq!(status().state, State::Disabled);
    assert_eq!(status().warnings, [""; 0]);
    drop(tracing);
    let on = Tracing::builder("kubernetes").settings(settings());
    let _on = on
        .set("TRACING_ENABLED", "1")
        .set("OTEL_TRACES_EXPORTER", "none")
        .init();
    assert_eq!(status().state, State::Enabled, "{:?}", status().state);
}

#[test]
fn every_container_has_probes_limits_and_no_privilege() {
    let pods = pods();
    assert_eq!(pods.len(), 3, "{:?}", pods.keys());
    for (name, pod) in &pods {
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true, "{name}");
        assert_eq!(pod["automountServiceAccountToken"], false, "{name}");
        for container in pod["containers"].as_array().unwrap() {
            for field in ["readinessProbe", "livenessProbe"] {
                assert!(
                    container[field]["httpGet"]["path"].is_string(),
                    "{name}: {field}"
                );
            }
            let resources = &container["resources"];
            assert!(resources["requests"]["cpu"].is_string(), "{name}");
            assert!(resources["limits"]["memory"].is_string(), "{name}");
            let context = &container["securityContext"];
            assert_eq!(context["readOnlyRootFilesystem"], true, "{name}");
            assert_eq!(context["allowPrivilegeEscalation"], false, "{name}");
        }
    }
}

#[test]
fn the_collectors_are_the_image_and_the_ports_of_the_compose_file_and_their_files_are_there() {
    let compose = read("../docker-compose.tracing.yml");
    let pods = pods();
    let kustomization = yaml(&read("kustomization.yaml"));
    let generated = kustomization["configMapGenerator"].as_array().unwrap();
    let files = generated
        .iter()
        .find(|map| map["name"] == "collector")
        .unwrap();
    let files: Vec<&str> = strings(&files["files"]);
    for name in ["collector-agent", "collector-gateway"] {
        let container = &pods[name]["containers"][0];
        let image = container["image"].as_str().unwrap();
        assert!(compose.contains(&format!("image: {image}\n")), "{image}");
        for argument in strings(&container["args"]) {
            let file = argument.rsplit('/').next().unwrap();
            assert!(
                files.iter().any(|path| path.ends_with(file)),
                "{name}: {argument}"
            );
        }
    }
    for file in files {
        assert!(deploy().join(file).exists(), "{file}");
    }
}

#[test]
fn agents_redact_and_route_by_trace_and_gateways_decide() {
    let of = |file: &str| yaml(&read(file))["service"]["pipelines"]["traces"].clone();
    let whole = of("collector.yaml");
    let (agent, gateway) = (
        of("kubernetes/collector-agent.yaml"),
        of("kubernetes/collector-gateways.yaml"),
    );
    // Together they do what the one Collector of the compose file does, each step once but for the limit.
    let mut steps = strings(&agent["processors"]);
    let at_the_gateway = strings(&gateway["processors"]);
    assert_eq!(
        (steps[0], at_the_gateway[0]),
        ("memory_limiter", "memory_limiter")
    );
    steps.extend(&at_the_gateway[1..]);
    assert_eq!(steps, strings(&whole["processors"]));
    let exporter = &yaml(&read("kubernetes/collector-agent.yaml"))["exporters"]["load_balancing"];
    assert_eq!(exporter["routing_key"], "traceID");
    // The name that they resolve is a Service without an address, in the namespace of the kustomization.
    let hostname = exporter["resolver"]["dns"]["hostname"].as_str().unwrap();
    let (service, namespace) = hostname.split_once('.').unwrap();
    let kustomization = yaml(&read("kustomization.yaml"));
    let here = format!(
        "{}.svc.cluster.local",
        kustomization["namespace"].as_str().unwrap()
    );
    assert_eq!(namespace, here);
    let manifests = manifests();
    let named = manifests
        .iter()
        .find(|m| m["kind"] == "Service" && m["metadata"]["name"] == service);
    assert_eq!(named.unwrap()["spec"]["clusterIP"], "None");
}
