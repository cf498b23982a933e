//! Where spans come from: the resource, the instrumentation scope, `code.*`, and that the runtime adds no key that R1 does
//! not name.

use std::collections::BTreeSet;
use std::future::{Future, pending};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use observed_runtime::{Builder, State, Tracing, flush, observed, observed_span, status};
use observed_tests::requirements::keys_named_in;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::SOON;
use crate::scenario::{in_a_process_of_its_own, in_a_process_with};

/// Keeps whole what it gets.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<(Option<Resource>, Vec<SpanData>)>>);

impl SpanExporter for Kept {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().1.extend(batch);
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.lock().unwrap().0 = Some(resource.clone());
    }
}

impl Kept {
    fn resource(&self) -> Vec<(String, String)> {
        let kept = self.0.lock().unwrap();
        let resource = kept.0.as_ref().unwrap().iter();
        let pairs = resource.map(|(key, value)| (key.to_string(), value.to_string()));
        pairs.collect()
    }

    fn resource_value(&self, key: &str) -> Option<String> {
        let found = self.resource().into_iter().find(|pair| pair.0 == key);
        found.map(|pair| pair.1)
    }

    fn attributes(&self, name: &str) -> Vec<(String, String)> {
        let kept = self.0.lock().unwrap();
        let span = kept.1.iter().find(|span| span.name == name).unwrap();
        let attributes = span.attributes.iter();
        let pairs = attributes.map(|pair| (pair.key.to_string(), pair.value.to_string()));
        pairs.collect()
    }
}

struct Broken;

#[observed(name = "fails", err, attrs(number))]
fn fails(number: u64) -> Result<u64, Broken> {
    Err(Broken)
}

#[observed(name = "waits", attrs(number))]
async fn waits(number: u64) -> u64 {
    pending().await
}

struct Shop;

impl Shop {
    #[observed(name = "method")]
    fn r#match() {}
}

const METHOD_LINE: u32 = line!() - 4;

const ALL: [(&str, &str); 3] = [
    ("TRACING_ENABLED", "1"),
    ("OTEL_SAMPLING_RATE", "1"),
    ("OTEL_TRACES_EXPORTER", "none"),
];

fn all_on() -> Builder {
    Tracing::builder("origin").settings(ALL)
}

fn all(settings: &[(&'static str, &'static str)]) -> (Kept, Tracing) {
    let kept = Kept::default();
    let builder = Tracing::builder("origin").settings(ALL.iter().chain(settings).copied());
    let tracing = with(builder, &kept);
    (kept, tracing)
}

fn with(builder: Builder, kept: &Kept) -> Tracing {
    builder.with_exporter(kept.clone()).init()
}

/// One span of each outcome.
fn record_every_outcome() {
    let _ = fails(1);
    let mut future = pin!(waits(2));
    assert!(
        future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_pending()
    );
}

#[test]
fn the_instrumentation_scope_is_the_package_of_the_annotation() {
    in_a_process_of_its_own(|| {
        let (kept, _tracing) = all(&[]);
        let _ = fails(1);
        drop(observed_span!(name = "block"));
        assert!(flush(SOON));
        let spans = &kept.0.lock().unwrap().1;
        assert_eq!(spans.len(), 2);
        for span in spans {
            let scope = &span.instrumentation_scope;
            let version = env!("CARGO_PKG_VERSION");
            assert_eq!(
                (scope.name(), scope.version()),
                ("observed-tests", Some(version))
            );
        }
    });
}

#[test]
fn the_resource_says_by_which_lock_and_what_is_not_usual_and_nothing_without_one() {
    in_a_process_of_its_own(|| {
        let lock = "version 1\n";
        for (word, mode) in [
            ("enforce", None),
            ("warn", Some("warn")),
            ("off", Some("off")),
        ] {
            let kept = Kept::default();
            let tracing = with(all_on().lock(lock).set("OBSERVED_LOCK", word), &kept);
            let digest = status().lock.digest.unwrap();
            assert_eq!(kept.resource_value("observed.lock"), Some(digest));
            let told = kept.resource_value("observed.lock_mode");
            assert_eq!(told.as_deref(), mode);
            drop(tracing);
        }
        let (kept, _tracing) = all(&[]);
        let is_locks = |pair: &(String, String)| pair.0.starts_with("observed.lock");
        assert!(!kept.resource().iter().any(is_locks));
    });
}

#[test]
fn the_resource_names_this_sdk_and_an_instance_that_is_another_at_each_start() {
    in_a_process_of_its_own(|| {
        let mut instances = BTreeSet::new();
        for _ in 0..2 {
            let (kept, tracing) = all(&[]);
            let _ = fails(1);
            assert_eq!(tracing.shutdown(SOON), 0);
            assert_eq!(
                kept.resource_value("telemetry.sdk.name").unwrap(),
                "observed"
            );
            assert_eq!(
                kept.resource_value("telemetry.sdk.language").unwrap(),
                "rust"
            );
            assert_eq!(kept.resource_value("service.name").unwrap(), "origin");
            instances.insert(kept.resource_value("service.instance.id").unwrap());
        }
        assert_eq!(instances.len(), 2);
    });
}

#[test]
fn what_the_environment_says_of_the_resource_wins() {
    in_a_process_of_its_own(|| {
        let said = "service.instance.id=pod-7,os.type=ours";
        let (kept, _tracing) = all(&[
            ("OTEL_RESOURCE_ATTRIBUTES", said),
            ("OBSERVED_RESOURCE_DETECTORS", "os"),
        ]);
        let _ = fails(1);
        assert!(flush(SOON));
        assert_eq!(kept.resource_value("service.instance.id").unwrap(), "pod-7");
        assert_eq!(kept.resource_value("os.type").unwrap(), "ours");
    });
}

#[test]
fn spans_say_where_their_annotation_stands_only_when_asked_to() {
    in_a_process_of_its_own(|| {
        for asked in [false, true] {
            let value = if asked { "1" } else { "0" };
            let (kept, tracing) = all(&[("OBSERVED_CODE_ATTRIBUTES", value)]);
            Shop::r#match();
            drop(observed_span!(name = "block"));
            assert_eq!(tracing.shutdown(SOON), 0);
            let code = |key: &str, value: &str| (key.to_owned(), value.to_owned());
            let file = code("code.file.path", file!());
            let method = [
                code("code.function.name", concat!(module_path!(), "::match")),
                file.clone(),
                code("code.line.number", &METHOD_LINE.to_string()),
            ];
            let found = kept.attributes("method");
            assert_eq!(found, if asked { method.to_vec() } else { Vec::new() });
            let block = kept.attributes("block");
            assert_eq!(block.len(), if asked { 2 } else { 0 }, "{block:?}");
            assert_eq!(block.contains(&file), asked);
        }
    });
}

#[test]
fn a_detector_that_is_named_describes_the_process_without_its_command_line() {
    in_a_process_of_its_own(|| {
        let (kept, tracing) = all(&[("OBSERVED_RESOURCE_DETECTORS", "host, OS,process")]);
        let _ = fails(1);
        assert_eq!(tracing.shutdown(SOON), 0);
        drop(tracing);
        assert_eq!(
            kept.resource_value("process.pid").unwrap(),
            std::process::id().to_string()
        );
        assert_eq!(
            kept.resource_value("os.type").unwrap(),
            std::env::consts::OS
        );
        assert_eq!(
            kept.resource_value("host.arch").unwrap(),
            std::env::consts::ARCH
        );
        assert_eq!(kept.resource_value("process.command_args"), None);

        let (kept, tracing) = all(&[("OBSERVED_RESOURCE_DETECTORS", "none")]);
        let _ = fails(1);
        assert_eq!(tracing.shutdown(SOON), 0);
        drop(tracing);
        assert_eq!(kept.resource_value("os.type"), None);

        let (_, tracing) = all(&[("OBSERVED_RESOURCE_DETECTORS", "host,cloud")]);
        let State::Failed { reason: why } = status().state else {
            panic!("{:?}", status().state)
        };
        assert!(
            why.contains("OBSERVED_RESOURCE_DETECTORS") && !why.contains("cloud"),
            "{why}"
        );
        drop(tracing);
    });
}

#[test]
fn the_runtime_adds_exactly_the_keys_that_requirement_1_names() {
    // What the container's runtime sets.
    let kubernetes = [("HOSTNAME", "shop-7"), ("NODE_NAME", "node-1")];
    in_a_process_with(&kubernetes, || {
        let mut added = BTreeSet::new();
        // Recorded because the rate says so, and on trial.
        for rate in ["1", "0"] {
            let (kept, tracing) = all(&[
                ("OTEL_SAMPLING_RATE", rate),
                ("OBSERVED_KEEP_ERRORS", "1"),
                ("OBSERVED_CODE_ATTRIBUTES", "1"),
                ("OBSERVED_RESOURCE_DETECTORS", "host,os,process,k8s"),
            ]);
            record_every_outcome();
            assert_eq!(tracing.shutdown(SOON), 0);
            added.extend(kept.resource().into_iter().map(|(key, _)| key));
            let spans = &kept.0.lock().unwrap().1;
            assert!(!spans.is_empty());
            for span in spans {
                let all = span.attributes.iter();
                let events = span.events.iter();
                let all = all.chain(events.flat_map(|event| &event.attributes));
                added.extend(all.map(|pair| pair.key.to_string()));
            }
        }
        let under_a_lock = Kept::default();
        let builder = all_on().lock("version 1").set("OBSERVED_LOCK", "warn");
        drop(with(builder, &under_a_lock));
        added.extend(under_a_lock.resource().into_iter().map(|(key, _)| key));
        assert!(added.remove("number"), "what the annotations name");
        let named = keys_named_in("R1");
        let unnamed: Vec<_> = added.difference(&named).collect();
        assert!(unnamed.is_empty(), "{unnamed:?} are not in R1");
        // There only on some machines: a file of the operating system's, one of Kubernetes', a program called `hostname`.
        let by_machine = ["host.id", "host.name", "k8s.namespace.name"];
        let missing = named.difference(&added);
        let missing: Vec<_> = missing
            .filter(|key| !by_machine.contains(&key.as_str()))
            .collect();
        assert!(
            missing.is_empty(),
            "{missing:?} are in R1, and are not added"
        );
    });
}
