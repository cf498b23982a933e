//! R21: the service lets out what its lock holds as reviewed, and all of it.

use std::collections::BTreeSet;

use observed_tests::receiver::Receiver;

use crate::support::{Demo, EVERYTHING, command};

const LOCK: &str = include_str!("../../../observed.lock");

/// The profile of the tour has no limit of requests that would be counted.
const NOT_IN_THE_TOUR: [&str; 1] = ["count_request"];

/// The names of the lock's lines of this service.
fn listed() -> BTreeSet<String> {
    let is_ours = |line: &&str| line.starts_with("span ") && line.contains(" demo_backend::");
    let lines = LOCK.lines().filter(is_ours);
    let names = lines.filter_map(|line| line.split(' ').nth(1));
    names.map(str::to_owned).collect()
}

#[tokio::test]
async fn every_span_of_the_tour_was_reviewed_and_the_macro_and_the_lock_agree_on_each_site() {
    let receiver = Receiver::grpc();
    let mut tour = command();
    tour.arg("tour")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint());
    let ended = tokio::task::spawn_blocking(move || tour.output().unwrap());
    assert!(ended.await.unwrap().status.success());
    let spans = receiver.spans();
    let left: BTreeSet<_> = spans.into_iter().map(|span| span.name).collect();
    let mut expected = listed();
    expected.retain(|name| !NOT_IN_THE_TOUR.contains(&name.as_str()));
    assert_eq!(left, expected);
}

#[tokio::test]
async fn the_service_enforces_its_lock_unless_told_otherwise_and_says_which_it_is() {
    let action =
        r#"{"action":"summarize_text","context_id":"ctx-production","payload":{"text":"a"}}"#;
    for (word, mode) in [("", "enforce"), ("warn", "warn"), ("off", "off")] {
        let demo = Demo::of(
            {
                let mut command = command();
                command.args(["--admin-key", "admin-key"]);
                command
            },
            &[
                &EVERYTHING[..],
                &[("OTEL_TRACES_EXPORTER", "none"), ("OBSERVED_LOCK", word)],
            ]
            .concat(),
        );
        let answer = demo.process(action).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let status = demo
            .get("/admin/tracing")
            .header("x-admin-key", "admin-key");
        let status: serde_json::Value = status.send().await.unwrap().json().await.unwrap();
        assert_eq!(status["lock"]["mode"], mode, "{status}");
        let digest = status["lock"]["digest"].as_str().unwrap();
        assert_eq!(digest.len(), 16, "{digest}");
        assert_eq!(status["spans"]["unreviewed"], 0);
        let health = demo.health().await;
        assert_eq!(health["spans"]["unreviewed"], 0, "{health}");
    }
}
