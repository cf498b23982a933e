//! A thousand generated requests get the same answers, and leave the same audit log, whatever tracing does: off, on, sampled
//! out, with nobody to export to, and compiled out (R4, R6).

use std::path::PathBuf;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::support::{Demo, EVERYTHING, command, command_of};

const REQUESTS: usize = 1_000;

/// One request: its key, its idempotency key, its body.
#[derive(Clone, Debug)]
struct Sent {
    key: &'static str,
    idempotency_key: Option<u8>,
    body: String,
}

/// What one gets: the status, the headers that are not of this one answer, and the body without its trace id.
type Got = (u16, Vec<String>, Value);

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => "[a-z ]{0,40}".prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!({ "deep": [[[1, "x"]]] })),
        1 => "\\PC{0,20}".prop_map(Value::from),
    ]
}

fn payload() -> impl Strategy<Value = Value> {
    let model = prop_oneof![
        30 => Just("demo-1"),
        3 => Just("demo-nonsense"),
        1 => Just("demo-fails"),
        2 => Just("no-such-model"),
    ];
    // What is slow takes no time, or too much: nothing in between, where the clock would decide.
    let milliseconds = prop_oneof![30 => Just(0), 1 => Just(60_000)];
    let fields = (text(), text(), model, milliseconds).prop_map(|(text, prompt, model, milliseconds)| {
        json!({ "text": text, "prompt": prompt, "model": model, "milliseconds": milliseconds, "action": "x" })
    });
    prop_oneof![20 => fields, 1 => text(), 1 => Just(json!({}))]
}

fn action() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => Just("summarize_text"),
        2 => Just("always_fail"),
        2 => Just("slow_report"),
        3 => Just("complete_text"),
        1 => Just("forward"),
        1 => Just("no_such_action"),
    ]
}

fn body() -> impl Strategy<Value = String> {
    let context =
        prop_oneof![8 => Just("ctx-production"), 1 => Just("ctx-archived"), 1 => Just("nowhere")];
    let request = |(action, context, payload): (&str, &str, Value)| {
        json!({ "action": action, "context_id": context, "payload": payload }).to_string()
    };
    let step = (action(), payload())
        .prop_map(|(action, payload)| json!({ "action": action, "payload": payload }));
    let combined = (any::<bool>(), vec(step, 0..5)).prop_map(|(parallel, steps)| {
        // At the same time, the first failure to end is a matter of chance; its answer is the same for all.
        let mode = if parallel { "parallel" } else { "sequential" };
        json!({ "action": "combine", "context_id": "ctx-production", "payload": { "mode": mode, "steps": steps } }).to_string()
    });
    prop_oneof![
        12 => (action(), context, payload()).prop_map(request),
        2 => combined,
        1 => "\\PC{0,60}",
        1 => Just(format!("{{\"text\":\"{}\"}}", "x".repeat(70_000))),
        1 => Just(request(("summarize_text", "ctx-production", json!({ "text": "x".repeat(20_000) })))),
    ]
}

fn corpus() -> Vec<Sent> {
    let key = prop_oneof![12 => Just("test-key"), 1 => Just("other"), 1 => Just("")];
    let idempotency_key = proptest::option::weighted(0.15, any::<u8>());
    let sent = (key, idempotency_key, body());
    let sent = sent.prop_map(|(key, idempotency_key, body)| Sent {
        key,
        idempotency_key,
        body,
    });
    let mut runner = TestRunner::deterministic();
    let mut corpus = vec(sent, REQUESTS).new_tree(&mut runner).unwrap().current();
    // Clients send again what they have a key for.
    let again = corpus.iter().filter(|sent| sent.idempotency_key.is_some());
    let again: Vec<Sent> = again.take(REQUESTS / 20).cloned().collect();
    corpus.extend(again);
    corpus
}

async fn answers(demo: &Demo, corpus: &[Sent]) -> Vec<Got> {
    let mut all = Vec::with_capacity(corpus.len());
    for sent in corpus {
        let mut request = demo.process_with(sent.key, &sent.body);
        if let Some(key) = sent.idempotency_key {
            request = request.header("idempotency-key", key.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let headers = answer.headers().iter();
        let headers = headers.filter(|(name, _)| *name != "date" && *name != "x-request-id");
        let headers = headers
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        let mut body: Value = answer.json().await.unwrap();
        if let Some(id) = body.get_mut("trace_id") {
            assert_eq!(id.take().as_str().map(str::len), Some(32));
        }
        all.push((status, headers, body));
    }
    all
}

/// The lines of the audit log without what differs from run to run: times, ids, and the chain that is made of them.
fn audited(demo: &Demo) -> Vec<Value> {
    let mut lines = demo.audit_lines();
    for line in &mut lines {
        for field in ["unix_ms", "trace_id", "prev"] {
            assert!(
                line.as_object_mut().unwrap().remove(field).is_some(),
                "{field}"
            );
        }
    }
    lines
}

/// The demo without its feature `tracing`: the annotations compile to nothing.
fn compiled_out() -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-out");
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "--no-default-features",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status();
    assert!(built.unwrap().success());
    target.join("debug/demo-backend")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_requests_are_answered_and_audited_the_same_whatever_tracing_does() {
    let built = tokio::task::spawn_blocking(compiled_out);
    let sampled_out = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
    ];
    let dead = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")];
    let dead = [&EVERYTHING[..], &dead].concat();
    let on = [&EVERYTHING[..], &[("OTEL_TRACES_EXPORTER", "none")]].concat();
    let plain = built.await.unwrap();
    let modes = [
        ("off", command(), Vec::new()),
        ("on", command(), on),
        ("sampled out", command(), sampled_out.to_vec()),
        ("exporter dead", command(), dead),
        ("compiled out", command_of(&plain), Vec::new()),
    ];
    let corpus = std::sync::Arc::new(corpus());
    let mut running = Vec::new();
    for (mode, command, settings) in modes {
        let corpus = std::sync::Arc::clone(&corpus);
        let settings = [
            &settings[..],
            &[
                ("DEMO_ACTION_TIMEOUT_MS", "700"),
                // What is only counted is not written meanwhile.
                ("DEMO_AUDIT_INTERVAL_MS", "86400000"),
                ("RUST_LOG", "warn,demo_backend=info"),
            ],
        ]
        .concat();
        running.push(tokio::spawn(async move {
            let demo = Demo::of(command, &settings);
            let answers = answers(&demo, &corpus).await;
            (mode, answers, audited(&demo), demo)
        }));
    }
    let mut results = Vec::new();
    for mode in running {
        results.push(mode.await.unwrap());
    }
    let (_, expected, lines, _) = &results[0];
    for (mode, answers, audited, _) in &results[1..] {
        for (number, sent) in corpus.iter().enumerate() {
            assert_eq!(answers[number], expected[number], "{mode}: {sent:?}");
        }
        assert_eq!(audited, lines, "{mode}");
    }
    assert_every_kind_of_answer(expected);
    let spans = &results[1].3.health().await["spans"];
    assert!(
        spans["started"].as_u64().unwrap() > 5_000,
        "it was on: {spans}"
    );
    let dead = &results[3].3.health().await["spans"];
    assert!(
        dead["started"].as_u64() > Some(0) && dead["exported"] == 0,
        "{dead}"
    );
}

/// The corpus is worth its name.
fn assert_every_kind_of_answer(answers: &[Got]) {
    for status in [200, 400, 403, 413, 422, 502, 504] {
        let count = answers.iter().filter(|(got, ..)| *got == status).count();
        assert!(count > 0, "no answer with {status}");
    }
    let replayed = |(_, headers, _): &&Got| {
        headers
            .iter()
            .any(|header| header.starts_with("idempotency-replayed"))
    };
    assert!(answers.iter().filter(replayed).count() > 0);
}
