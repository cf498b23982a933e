//! The page as it is served: who gets it, who does not, and what a hostile client can do.

#[allow(dead_code, reason = "the example uses the rest")]
mod sample;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use observed_viewer::{Traces, serve};
use sample::span;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PATIENCE: Duration = Duration::from_secs(60);

async fn served_at(address: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind(address).await.unwrap();
    let address = listener.local_addr().unwrap();
    let traces = Traces::new("shop-backend");
    traces.keep(&[span(1, 1, 0, "price_order", 0, 1)]);
    tokio::spawn(serve(listener, Arc::new(traces)));
    address
}

async fn served() -> SocketAddr {
    served_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
}

/// Sends this, and returns everything that is answered.
async fn send(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    tokio::time::timeout(PATIENCE, read).await.unwrap().unwrap();
    String::from_utf8(answer).unwrap()
}

async fn get(address: SocketAddr, path: &str, host: &str) -> String {
    send(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    )
    .await
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// The answer's headers, in lower case.
fn headers(answer: &str) -> String {
    answer.split("\r\n\r\n").next().unwrap().to_lowercase()
}

#[tokio::test]
async fn the_page_and_the_spans_are_served_to_who_names_the_address() {
    let address = served().await;
    let page = get(address, "/", &address.to_string()).await;
    assert_eq!(status(&page), 200);
    assert!(headers(&page).contains("content-type: text/html; charset=utf-8"));
    assert!(page.contains("<h1>Traces of"));
    let spans = get(address, "/spans?after=", &address.to_string()).await;
    assert_eq!(status(&spans), 200);
    assert!(spans.contains("\"name\":\"price_order\""), "{spans}");
}

#[tokio::test]
async fn the_page_is_served_by_ipv6_too() {
    let address = served_at(SocketAddr::from((Ipv6Addr::LOCALHOST, 0))).await;
    assert_eq!(status(&get(address, "/", &address.to_string()).await), 200);
    let port = address.port();
    assert_eq!(
        status(&get(address, "/", &format!("127.0.0.1:{port}")).await),
        403
    );
}

#[tokio::test]
async fn a_request_that_names_another_host_gets_403_and_nothing_of_a_span() {
    let address = served().await;
    let port = address.port();
    let hosts = [
        format!("localhost:{port}"),
        format!("rebound.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port.wrapping_add(1)),
        format!("127.0.0.2:{port}"),
        format!("127.1:{port}"),
        format!("[::1]:{port}"),
        format!("a@127.0.0.1:{port}"),
        String::new(),
    ];
    for host in hosts {
        for path in ["/", "/spans", "/none"] {
            let answer = get(address, path, &host).await;
            assert_eq!(status(&answer), 403, "{host:?} {path}");
            assert!(!answer.contains("price_order"), "{host:?} {path}");
        }
    }
}

#[tokio::test]
async fn a_request_that_names_no_host_or_two_or_another_in_its_line_gets_403() {
    let address = served().await;
    for request in [
        "GET /spans HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET /spans HTTP/1.1\r\nHost: {address}\r\nHost: {address}\r\n\r\n"),
        format!("GET /spans HTTP/1.1\r\nHost: rebound.example\r\nHost: {address}\r\n\r\n"),
        format!("GET http://rebound.example/spans HTTP/1.1\r\nHost: {address}\r\n\r\n"),
    ] {
        let answer = send(address, &request).await;
        assert_eq!(status(&answer), 403, "{request}");
    }
    let whole = format!("GET http://{address}/spans HTTP/1.1\r\nHost: {address}\r\n\r\n");
    assert_eq!(status(&send(address, &whole).await), 200);
}

#[tokio::test]
async fn no_other_origin_may_read_an_answer() {
    let address = served().await;
    for path in ["/", "/spans", "/none"] {
        for method in ["GET", "HEAD", "OPTIONS", "POST"] {
            let asked = format!(
                "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://evil.example\r\n\
                 Access-Control-Request-Method: GET\r\nContent-Length: 0\r\n\r\n"
            );
            let headers = headers(&send(address, &asked).await);
            assert!(
                !headers.contains("access-control-"),
                "{method} {path}: {headers}"
            );
            for expected in [
                "cross-origin-resource-policy: same-origin",
                "x-content-type-options: nosniff",
                "x-frame-options: deny",
                "cache-control: no-store",
            ] {
                assert!(headers.contains(expected), "{method} {path}: {headers}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_comes_with_its_policy_as_a_header() {
    let address = served().await;
    let page = get(address, "/", &address.to_string()).await;
    let headers = headers(&page);
    let policy = "content-security-policy: default-src 'none'; script-src 'sha256-";
    assert!(headers.contains(policy), "{headers}");
    assert!(headers.contains("frame-ancestors 'none'"), "{headers}");
}

#[tokio::test]
async fn what_is_no_question_for_the_page_is_refused_in_words() {
    let address = served().await;
    let host = address.to_string();
    let none = get(address, "/metrics", &host).await;
    assert_eq!(status(&none), 404);
    assert!(none.contains(&format!("the traces are at http://{host}/")));
    let posted = format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
    let refused = send(address, &posted).await;
    assert_eq!(status(&refused), 405);
    assert!(headers(&refused).contains("allow: get, head"));
    let nonsense = send(address, "nonsense\r\n\r\n").await;
    assert_eq!(status(&nonsense), 400);
}

#[tokio::test]
async fn clients_that_say_nothing_or_do_not_read_keep_nobody_out_for_long() {
    let address = served().await;
    let mut silent = Vec::new();
    for client in 0..20 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        if client % 2 == 0 {
            stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        }
        silent.push(stream);
    }
    let host = address.to_string();
    let answered = tokio::time::timeout(PATIENCE, get(address, "/", &host)).await;
    assert_eq!(status(&answered.unwrap()), 200);
    drop(silent);
}

#[tokio::test]
async fn more_clients_than_places_wait_until_one_leaves() {
    let address = served().await;
    let mut places = Vec::new();
    for _ in 0..16 {
        places.push(TcpStream::connect(address).await.unwrap());
    }
    let host = address.to_string();
    let mut waits = std::pin::pin!(get(address, "/", &host));
    let early = tokio::time::timeout(Duration::from_millis(300), waits.as_mut()).await;
    assert!(early.is_err(), "the seventeenth was answered");
    drop(places);
    let answered = tokio::time::timeout(PATIENCE, waits).await;
    assert_eq!(status(&answered.unwrap()), 200);
}

#[tokio::test]
async fn a_connection_has_one_answer() {
    let address = served().await;
    let request = format!("GET /none HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let answers = send(address, &request.repeat(2)).await;
    assert_eq!(answers.matches("HTTP/1.1 404").count(), 1, "{answers}");
}
