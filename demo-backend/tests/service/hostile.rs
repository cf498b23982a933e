//! Clients that mean harm: they get a 4xx in time, or a closed connection, and the service lives.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::support::{Demo, EVERYTHING, Folder, body};

/// Longer than the service's limits in these tests.
const PATIENCE: Duration = Duration::from_secs(20);

fn demo() -> Demo {
    let own = [
        ("OTEL_TRACES_EXPORTER", "none"),
        ("DEMO_HEADER_TIMEOUT_MS", "300"),
        ("DEMO_ACTION_TIMEOUT_MS", "300"),
        ("DEMO_REQUEST_TIMEOUT_MS", "600"),
    ];
    Demo::start(&[&EVERYTHING[..], &own].concat()).without_pool()
}

fn connect(demo: &Demo) -> TcpStream {
    let stream = TcpStream::connect(demo.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything that comes back until the connection is closed.
fn answer(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    String::from_utf8_lossy(&all).into_owned()
}

async fn is_alive(demo: &Demo) {
    let answer = demo.process(&body("summarize_text")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_never_end_are_not_waited_for() {
    let demo = demo();
    let begin = Instant::now();
    let mut slow: Vec<TcpStream> = (0..50).map(|_| connect(&demo)).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /process HTTP/1.1\r\nhost: a\r\nx-slow: ")
            .unwrap();
    }
    is_alive(&demo).await;
    for stream in slow {
        answer(stream);
    }
    assert!(begin.elapsed() < PATIENCE, "they were held open");
    is_alive(&demo).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_whose_connections_are_all_taken_still_ends_when_it_is_told_to() {
    let mut demo = Demo::start(&[("DEMO_HEADER_TIMEOUT_MS", "600000")]);
    // More than it takes at once; they say nothing.
    let silent: Vec<TcpStream> = (0..520).map(|_| connect(&demo)).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    demo.stop_cleanly();
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_cut_off_with_a_408() {
    let demo = demo();
    let mut stream = connect(&demo);
    stream
        .write_all(b"POST /process HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
        .unwrap();
    let said = answer(stream);
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(said.contains("\"error\":\"request_timed_out\""), "{said}");
    is_alive(&demo).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_http_is_refused() {
    let demo = demo();
    let many: String = (0..5_000).fold(String::new(), |all, n| all + &format!("x-{n}: {n}\r\n"));
    let long = "x".repeat(1_000_000);
    for sent in [
        "\x16\x03\x01 no http".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nhost: a\r\n\r\n"),
        format!("GET /health HTTP/1.1\r\nhost: a\r\n{many}\r\n"),
        format!("GET /health HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"),
        "POST /process HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n".to_owned(),
    ] {
        let mut stream = connect(&demo);
        let _ = stream.write_all(sent.as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        let said = answer(stream);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
    is_alive(&demo).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_and_headers_that_are_wrong_get_a_4xx_with_a_json_body() {
    let demo = demo();
    let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
    let deep = format!(
        "{{\"action\":\"summarize_text\",\"context_id\":\"ctx-production\",\"payload\":{deep}}}"
    );
    let wrong = |body: Vec<u8>| demo.process("").body(body);
    let with = |name: &str, value: &[u8]| {
        let value = reqwest::header::HeaderValue::from_bytes(value).unwrap();
        demo.process(&body("summarize_text")).header(name, value)
    };
    for (request, allowed) in [
        (wrong(b"\xff\xfe{\"action\"".to_vec()), &[400][..]),
        (wrong(deep.into_bytes()), &[422]),
        (wrong(vec![b'{'; 60_000]), &[400]),
        (wrong(vec![b' '; 70_000]), &[413]),
        (
            wrong(
                body("summarize_text")
                    .replace('}', ",\"more\":1}")
                    .into_bytes(),
            ),
            &[400],
        ),
        (
            demo.process(&body("summarize_text"))
                .header("content-type", "text/xml"),
            &[200, 415],
        ),
        (with("idempotency-key", b""), &[400]),
        (with("idempotency-key", b"\xff"), &[400]),
        (with("idempotency-key", &[b'k'; 200]), &[400]),
        (with("traceparent", b"00-zz"), &[200]),
        (with("traceparent", b"\xff\xff"), &[200]),
        (with("tracestate", &[b'x'; 5_000]), &[200]),
        (with("x-request-id", b"<script>"), &[200]),
        (demo.get("/nowhere"), &[404]),
        (demo.get("/process"), &[405]),
    ] {
        let answer = request.send().await.unwrap();
        let (status, id) = (
            answer.status().as_u16(),
            answer.headers()["x-request-id"].clone(),
        );
        assert!(allowed.contains(&status), "{status}");
        assert!(
            id.to_str()
                .unwrap()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric()),
            "{id:?}"
        );
        let body: serde_json::Value = answer.json().await.unwrap();
        assert!(status == 200 || body["error"].is_string(), "{body}");
    }
    is_alive(&demo).await;
}

/// Asks over one connection that stays open, until the service closes it; then over a new one, until there is none.
fn renew(address: &str, asked: &AtomicUsize) {
    while let Ok(mut stream) = TcpStream::connect(address) {
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let mut buffer = [0; 4096];
        loop {
            let sent = stream.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n");
            match sent.and_then(|()| stream.read(&mut buffer)) {
                Ok(1..) => asked.fetch_add(1, Ordering::Relaxed),
                _ => break,
            };
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn more_clients_than_places_that_keep_and_renew_their_connections_do_not_keep_the_service() {
    let mut demo = Demo::start(&[("RUST_LOG", "demo_backend=info")]);
    let address = demo.url.trim_start_matches("http://").to_owned();
    let asked = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..600)
        .map(|_| {
            let (address, asked) = (address.clone(), Arc::clone(&asked));
            std::thread::spawn(move || renew(&address, &asked))
        })
        .collect();
    while asked.load(Ordering::Relaxed) < 2_000 {
        std::thread::sleep(Duration::from_millis(10));
    }
    demo.stop_cleanly();
    for client in clients {
        client.join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_never_answers_does_not_keep_the_service_from_ending() {
    let folder = Folder::new();
    let pipe = folder.path("audit.fifo");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut demo = Demo::start(&[("DEMO_AUDIT_LOG", pipe.to_str().unwrap())]);
    // Nobody reads: once the pipe is full, a line waits for ever.
    let sent: Vec<_> = (0..400)
        .map(|_| tokio::spawn(demo.process(&body("summarize_text")).send()))
        .collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    demo.service.terminate();
    let status = demo.service.wait();
    assert_eq!(status.code(), Some(1), "{}", demo.service.log());
    let _ = demo
        .service
        .wait_for("requests were still running at the deadline");
    drop(sent);
}
