//! The demo as a process, on a free port, with an audit log of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use observed_tests::service::Service;
use serde_json::json;

/// Tracing on, every scope, every trace.
pub(crate) const EVERYTHING: [(&str, &str); 5] = [
    ("TRACING_ENABLED", "1"),
    ("OBSERVED_GATES_ENABLED", "1"),
    ("OBSERVED_PIPELINE_ENABLED", "1"),
    ("OBSERVED_EXECUTORS_ENABLED", "1"),
    ("OTEL_TRACES_SAMPLER", "parentbased_always_on"),
];

pub(crate) const API_KEY: &str = "test-key";

/// A running demo.
#[derive(Debug)]
pub(crate) struct Demo {
    pub(crate) service: Service,
    pub(crate) url: String,
    client: reqwest::Client,
    audit_log: PathBuf,
}

impl Demo {
    /// With tracing on, everything sampled, exported to `endpoint`.
    pub(crate) fn traced(protocol: &str, endpoint: &str) -> Self {
        Self::start(
            &[
                &EVERYTHING[..],
                &[
                    ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
                ],
            ]
            .concat(),
        )
    }

    /// With these settings and no other.
    pub(crate) fn start(settings: &[(&str, &str)]) -> Self {
        Self::of(command(), settings)
    }

    /// The same of another build.
    pub(crate) fn of(mut command: Command, settings: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("demo-audit-{}-{number}.jsonl", std::process::id());
        let audit_log = std::env::temp_dir().join(name);
        command
            .args(["--listen", "127.0.0.1:0", "--api-key", API_KEY])
            .env("DEMO_AUDIT_LOG", &audit_log)
            .envs(settings.iter().copied());
        let service = Service::start(command);
        let url = format!("http://{}", service.wait_for("listening on http://"));
        let client = reqwest::Client::builder()
            .no_proxy()
            .pool_idle_timeout(std::time::Duration::from_secs(1))
            .build()
            .unwrap();
        Self {
            service,
            url,
            client,
            audit_log,
        }
    }

    /// The same, asked over a new connection each time: this one closes idle connections soon.
    pub(crate) fn without_pool(mut self) -> Self {
        let client = reqwest::Client::builder().no_proxy();
        self.client = client.pool_max_idle_per_host(0).build().unwrap();
        self
    }

    /// A client of one's own, for another task.
    pub(crate) fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// A request to `/process` with the right key.
    pub(crate) fn process(&self, body: &str) -> reqwest::RequestBuilder {
        self.process_with(API_KEY, body)
    }

    /// A request to `/process`.
    pub(crate) fn process_with(&self, key: &str, body: &str) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}/process", self.url))
            .header("x-api-key", key)
            .header("content-type", "application/json")
            .body(body.to_owned())
    }

    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    pub(crate) fn put(&self, path: &str, body: &serde_json::Value) -> reqwest::RequestBuilder {
        self.client.put(format!("{}{path}", self.url)).json(body)
    }

    /// What `/health` answers.
    pub(crate) async fn health(&self) -> serde_json::Value {
        let answer = self.get("/health").send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// The lines of the audit log.
    pub(crate) fn audit_lines(&self) -> Vec<serde_json::Value> {
        let log = std::fs::read_to_string(&self.audit_log).unwrap();
        log.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Ends the service as an operator would; it must end well.
    pub(crate) fn stop_cleanly(&mut self) {
        self.service.terminate();
        let status = self.service.wait();
        assert!(status.success(), "{status}:\n{}", self.service.log());
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.audit_log);
    }
}

/// A folder of a test's own, with what is in it removed at the end.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("demo-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The demo's binary, without the settings of whoever runs the tests.
pub(crate) fn command() -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_demo-backend")))
}

/// The same of another build.
pub(crate) fn command_of(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars() {
        if [
            "OTEL_",
            "TRACING_",
            "OBSERVED_",
            "DEMO_",
            "RUST_LOG",
            "LLM_",
        ]
        .iter()
        .any(|ours| name.starts_with(ours))
        {
            command.env_remove(name);
        }
    }
    command
}

/// The body of a request for `action`, with a payload that every action takes and a secret in it.
pub(crate) fn body(action: &str) -> String {
    let payload = json!({ "text": "one two planted-secret", "milliseconds": 500 });
    json!({ "action": action, "context_id": "ctx-production", "payload": payload }).to_string()
}
