//! The audit log: whole after whatever ends the service, and broken by whatever changes it.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use super::support::{Demo, Folder, body, command};

fn verify(log: &Path) -> Output {
    command()
        .args(["audit", "verify"])
        .arg(log)
        .output()
        .unwrap()
}

#[tokio::test]
async fn the_command_says_that_a_log_is_whole_and_where_it_is_not() {
    let folder = Folder::new();
    let log = folder.path("audit.jsonl");
    let mut demo = Demo::start(&[("DEMO_AUDIT_LOG", log.to_str().unwrap())]);
    for action in ["summarize_text", "always_fail", "no_such_action"] {
        demo.process(&body(action)).send().await.unwrap();
    }
    demo.stop_cleanly();
    let whole = verify(&log);
    assert!(whole.status.success(), "{whole:?}");
    assert!(
        String::from_utf8_lossy(&whole.stdout).contains("lines 1 to 3 in 1 file(s)"),
        "{whole:?}"
    );

    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, text.replacen("executor_failed", "ok", 1)).unwrap();
    let broken = verify(&log);
    assert_eq!(broken.status.code(), Some(1));
    let said = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(
        said.contains("line 3 does not follow from the line before"),
        "{said}"
    );
    assert_eq!(verify(&folder.path("nothing")).status.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_killed_has_every_answered_request_in_its_log() {
    let folder = Folder::new();
    let log = folder.path("audit.jsonl");
    let mut acknowledged = Vec::new();
    for round in 0..4_u64 {
        let demo = Demo::start(&[("DEMO_AUDIT_LOG", log.to_str().unwrap())]);
        let clients: Vec<_> = (0..4)
            .map(|_| tokio::spawn(ask_until_it_ends(demo.client(), demo.url.clone())))
            .collect();
        tokio::time::sleep(Duration::from_millis(150 + round * 40)).await;
        demo.service.kill();
        for client in clients {
            acknowledged.extend(client.await.unwrap());
        }
        drop(demo);
    }
    assert!(acknowledged.len() > 40, "{}", acknowledged.len());
    // Opening mends what the kill has left of a line.
    drop(Demo::start(&[("DEMO_AUDIT_LOG", log.to_str().unwrap())]));
    assert!(verify(&log).status.success());
    let text = std::fs::read_to_string(&log).unwrap();
    for trace_id in acknowledged {
        assert!(
            text.contains(&trace_id),
            "{trace_id} was answered and is not in the log"
        );
    }
}

/// The trace ids of the answers.
async fn ask_until_it_ends(client: reqwest::Client, url: String) -> Vec<String> {
    let mut acknowledged = Vec::new();
    loop {
        let request = client
            .post(format!("{url}/process"))
            .header("x-api-key", super::support::API_KEY);
        let sent = request
            .header("content-type", "application/json")
            .body(body("summarize_text"));
        let Ok(answer) = sent.send().await else {
            return acknowledged;
        };
        let Ok(answer) = answer.json::<serde_json::Value>().await else {
            return acknowledged;
        };
        acknowledged.push(answer["trace_id"].as_str().unwrap().to_owned());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_whose_clients_have_hung_up_are_in_the_log_when_the_service_has_ended() {
    let folder = Folder::new();
    let log = folder.path("audit.jsonl");
    let mut demo = Demo::start(&[("DEMO_AUDIT_LOG", log.to_str().unwrap())]);
    let asked: Vec<_> = (0..12)
        .map(|_| tokio::spawn(demo.process(&body("slow_report")).send()))
        .collect();
    tokio::time::sleep(Duration::from_millis(250)).await;
    for request in asked {
        request.abort();
    }
    demo.stop_cleanly();
    let text = std::fs::read_to_string(&log).unwrap();
    assert_eq!(text.lines().count(), 12, "{text}");
    assert!(verify(&log).status.success());
}

#[tokio::test]
async fn a_second_service_on_the_same_log_is_refused_with_the_way_out() {
    let folder = Folder::new();
    let log = folder.path("audit.jsonl");
    let _first = Demo::start(&[("DEMO_AUDIT_LOG", log.to_str().unwrap())]);
    let second = command()
        .args(["--listen", "127.0.0.1:0", "--audit-log"])
        .arg(&log)
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(
        said.contains("another process has it open") && said.contains("--audit-log"),
        "{said}"
    );
}

#[tokio::test]
async fn a_log_that_was_cut_is_found_by_the_anchor_that_the_service_printed() {
    let folder = Folder::new();
    let (log, anchors) = (folder.path("audit.jsonl"), folder.path("anchors"));
    let mut demo = Demo::start(&[
        ("DEMO_AUDIT_LOG", log.to_str().unwrap()),
        ("DEMO_AUDIT_ANCHORS", anchors.to_str().unwrap()),
        ("DEMO_AUDIT_FILE_BYTES", "4096"),
    ]);
    for _ in 0..20 {
        demo.process(&body("summarize_text")).send().await.unwrap();
    }
    demo.stop_cleanly();
    let printed = demo.service.wait_for("audit anchor ");
    let kept = std::fs::read_to_string(&anchors).unwrap();
    assert_eq!(kept.trim_end(), printed);
    let verify_with = |anchor: &str| {
        let mut verify = command();
        let verify = verify
            .args(["audit", "verify", "--anchor", anchor])
            .arg(&log);
        let output = verify.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    };
    let (whole, said) = verify_with(&printed);
    assert!(whole && said.contains("the digests of 1 anchor"), "{said}");
    let text = std::fs::read_to_string(&log).unwrap();
    let (lines, _) = text.trim_end().rsplit_once('\n').unwrap();
    std::fs::write(&log, format!("{lines}\n{{\"seq\":")).unwrap();
    let (whole, said) = verify_with(&printed);
    assert!(
        !whole && said.contains("which an anchor names, is not in the log"),
        "{said}"
    );
    let without = verify(&log);
    let said = String::from_utf8(without.stdout).unwrap();
    assert!(without.status.success());
    assert!(
        said.contains("7 bytes after the last whole line were not checked"),
        "{said}"
    );
    assert!(
        said.contains("without --anchor, a log that was changed"),
        "{said}"
    );
}
