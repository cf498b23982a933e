//! The tour: the first thing that a newcomer runs.

use observed_tests::receiver::Receiver;
use opentelemetry_proto::tonic::trace::v1::TracesData;
use serde_json::{Value, json};

use crate::support::command;

fn tour(settings: &[(&str, &str)]) -> (bool, String, String) {
    let output = command()
        .arg("tour")
        .envs(settings.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn the_tour_shows_traces_privacy_and_accounting_and_ends_well() {
    let (ended_well, shown, log) = tour(&[]);
    assert!(ended_well, "{log}\n{shown}");
    for expected in [
        "├─ gate_evaluation",
        "│  ├─ gate_caller",
        "   │  └─ test_executor_v1",
        "403 {\"gate\":\"caller\",\"reason\":\"api_key\",\"status\":\"denied\"",
        "timed_out",
        "CPF                    planted in the requests, in the spans: no",
        "dropped 0 + open 0 + pending 0",
    ] {
        assert!(shown.contains(expected), "no {expected:?} in:\n{shown}");
    }
    assert!(
        !shown.contains('\x1b'),
        "coloured although this is no terminal"
    );
}

#[tokio::test]
async fn the_tour_exports_where_the_standard_variable_points() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let shown =
        tokio::task::spawn_blocking(move || tour(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]));
    let (ended_well, shown, log) = shown.await.unwrap();
    assert!(ended_well, "{log}\n{shown}");
    let started = shown
        .split("started ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    assert_eq!(receiver.spans().len(), started.parse::<usize>().unwrap());
    assert!(
        shown.contains("also exported to otlp grpc http://127.0.0.1"),
        "{shown}"
    );
}

#[test]
fn the_tour_fails_loudly_when_its_spans_are_lost() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let (ended_well, _, log) =
        tour(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &format!("http://{nobody}"))]);
    assert!(!ended_well);
    assert!(
        log.contains("spans were lost on the way to otlp grpc http://127.0.0.1"),
        "{log}"
    );
}

#[test]
fn the_tour_with_the_sdk_disabled_says_so_instead_of_proving_nothing() {
    let (ended_well, _, log) = tour(&[("OTEL_SDK_DISABLED", "true")]);
    assert!(!ended_well);
    assert!(
        log.contains("tracing is disabled: there would be nothing to show"),
        "{log}"
    );
}

#[test]
fn the_tour_as_json_is_otlp_with_its_steps_and_its_account() {
    let output = command().args(["tour", "--json"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = document["steps"].as_array().unwrap();
    assert!(steps.len() > 10);
    let first = &steps[0];
    assert_eq!(
        (
            &first["status"],
            &first["answer"]["status"],
            &first["spans"]
        ),
        (&200.into(), &"ok".into(), &18.into())
    );
    let resource = &document["resourceSpans"][0];
    let service = json!({ "key": "service.name", "value": { "stringValue": "techno-os-backend" } });
    let attributes = resource["resource"]["attributes"].as_array().unwrap();
    assert!(attributes.contains(&service), "{attributes:?}");
    let spans: Vec<&Value> = resource["scopeSpans"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|scope| scope["spans"].as_array().unwrap())
        .collect();
    assert_eq!(document["accounting"]["started"], spans.len());
    let of_first = |span: &&&Value| span["traceId"] == first["traceIds"][0];
    assert_eq!(spans.iter().filter(of_first).count(), 18);
    for span in &spans {
        assert_eq!(span["spanId"].as_str().unwrap().len(), 16, "{span}");
        let time = |name: &str| span[name].as_str().unwrap().parse::<u64>().unwrap();
        assert!(time("startTimeUnixNano") <= time("endTimeUnixNano"));
        for attribute in span["attributes"].as_array().unwrap() {
            let number = attribute["value"].get("intValue");
            assert!(number.is_none_or(Value::is_string), "{attribute}");
        }
    }
    for kind in [1, 2, 3] {
        assert!(spans.iter().any(|span| span["kind"] == kind), "{kind}");
    }
    assert!(spans.iter().any(|span| span["status"]["code"] == 2));
}

#[test]
fn the_tour_as_json_is_read_and_written_again_by_the_types_of_otlp() {
    let output = command().args(["tour", "--json"]).output().unwrap();
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let traces: TracesData = serde_json::from_slice(&output.stdout).unwrap();
    let spans = traces
        .resource_spans
        .iter()
        .flat_map(|of| &of.scope_spans)
        .flat_map(|of| &of.spans);
    let (mut count, mut failed) = (0, 0);
    for span in spans {
        assert_eq!((span.trace_id.len(), span.span_id.len()), (16, 8));
        assert!(span.start_time_unix_nano > 1_700_000_000_000_000_000);
        count += 1;
        failed += usize::from(span.status.as_ref().is_some_and(|status| status.code == 2));
    }
    assert_eq!(document["accounting"]["exported"], count);
    assert!(failed > 0);
    let beside = document.as_object_mut().unwrap();
    beside.retain(|key, _| key == "resourceSpans");
    assert_eq!(serde_json::to_value(traces).unwrap(), document);
}

#[test]
fn the_tours_page_is_one_file_in_which_what_clients_sent_is_no_markup() {
    let folder = crate::support::Folder::new();
    let page = folder.path("tour.html");
    let output = command()
        .args(["tour", "--html"])
        .arg(&page)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let page = std::fs::read_to_string(page).unwrap();
    for expected in [
        "\"title\":\"An allowed request",
        "\"openai_api_call\"",
        "\"failed\":true",
        "\\\"trace_id\\\"",
        "\"service\":\"techno-os-backend\"",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    // Its data, and the page's own script.
    assert_eq!(page.matches("<script").count(), 2);
    for unwanted in ["http://", "https://", "src="] {
        assert!(!page.contains(unwanted), "{unwanted}");
    }
    let refused = command()
        .args(["tour", "--html", "/no/such/folder/tour.html"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_tour_quietly() {
    use std::io::Read;
    use std::process::Stdio;

    let mut tour = command()
        .arg("tour")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    tour.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = tour.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(ended.status.success(), "{ended:?}");
}
