//! R13: the proxies of the machine are used, for what is not on this machine, and their passwords are shown nowhere.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Heads, channel};

use observed_runtime::{State, Tracing, flush, status};
use observed_tests::receiver::Receiver;
use observed_tests::tls::Authority;

use crate::scenario::in_a_process_with;
use crate::{SOON, logs, work};

/// A proxy that carries everything to `to`, whatever it is asked for; gives the heads of what it is asked.
fn proxy(to: String) -> (String, Heads<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let _ = sender.send(head.to_lowercase());
            let onward = TcpStream::connect(&to).unwrap();
            carry(&head, reader, stream, onward);
        }
    });
    (address, heads)
}

fn carry(head: &str, mut reader: BufReader<TcpStream>, mut stream: TcpStream, onward: TcpStream) {
    let (mut there, mut back) = (onward.try_clone().unwrap(), onward);
    if head.starts_with("CONNECT") {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    } else {
        there.write_all(head.as_bytes()).unwrap();
    }
    std::thread::spawn(move || std::io::copy(&mut reader, &mut there));
    std::thread::spawn(move || std::io::copy(&mut back, &mut stream));
}

fn exporting(protocol: &str, endpoint: &str, more: &[(&str, &str)]) -> Tracing {
    let mut builder = Tracing::builder("proxies")
        .set("TRACING_ENABLED", "1")
        .set("OTEL_TRACES_SAMPLER", "always_on")
        .set("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)
        .set("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        .set("OTEL_BSP_EXPORT_TIMEOUT", "3000");
    for (name, value) in more {
        builder = builder.set(name, value);
    }
    builder.init()
}

fn port(endpoint: &str) -> &str {
    endpoint.rsplit(':').next().unwrap()
}

/// `user` and `hunter2`, as Basic authentication writes them.
const AUTHORIZATION: &str = "proxy-authorization: basic dxnlcjpodw50zxiy";

#[test]
fn clear_text_goes_as_requests_by_http_and_through_a_tunnel_by_grpc() {
    in_a_process_with(&[], clear_text);
}

fn clear_text() {
    let (http, grpc) = (Receiver::http(), Receiver::grpc());
    for (protocol, receiver, begins) in [
        ("http/protobuf", &http, "post http://collector.test:"),
        ("grpc", &grpc, "connect collector.test:"),
    ] {
        let to = receiver.endpoint().replace("http://", "");
        let (address, heads) = proxy(to);
        let address = format!("http://user:hunter2@{address}");
        let endpoint = format!("http://collector.test:{}", port(&receiver.endpoint()));
        logs::collect();
        let tracing = exporting(protocol, &endpoint, &[("HTTP_PROXY", &address)]);
        work();
        assert!(flush(SOON));
        let seen = status();
        assert_eq!(
            (seen.spans.exported, receiver.count()),
            (1, 1),
            "{protocol}: {seen:?}"
        );
        let head = heads.recv().unwrap();
        assert!(
            head.starts_with(begins) && head.contains(AUTHORIZATION),
            "{head}"
        );
        assert!(!format!("{seen:?}{:?}", logs::all()).contains("hunter2"));
        drop(tracing);
    }
}

#[test]
fn tls_goes_through_a_tunnel() {
    in_a_process_with(&[], tunnelled);
}

fn tunnelled() {
    let authority = Authority::new("proxied");
    let server = authority.serve(&authority.identity("collector.test", 4000), false);
    for protocol in ["grpc", "http/protobuf"] {
        let (address, heads) = proxy(server.address().to_string());
        let endpoint = format!("https://collector.test:{}", server.address().port());
        let trusted = authority.file();
        let more = [
            ("HTTPS_PROXY", format!("http://{address}")),
            (
                "OTEL_EXPORTER_OTLP_CERTIFICATE",
                trusted.display().to_string(),
            ),
        ];
        let more: Vec<(&str, &str)> = more
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let tracing = exporting(protocol, &endpoint, &more);
        work();
        assert!(flush(SOON));
        assert_eq!(status().spans.exported, 1, "{protocol}: {:?}", status());
        assert!(heads.recv().unwrap().starts_with("connect collector.test:"));
        drop(tracing);
    }
    assert_eq!(server.requests(), 2);
}

#[test]
fn this_machine_and_what_is_excepted_are_not_reached_through_a_proxy() {
    let environment = [
        ("HTTP_PROXY", "http://127.0.0.1:9"),
        ("NO_PROXY", "excepted.test"),
    ];
    in_a_process_with(&environment, || {
        let receiver = Receiver::grpc();
        let tracing = exporting("grpc", &receiver.endpoint(), &[]);
        work();
        assert!(flush(SOON));
        assert_eq!(status().spans.exported, 1, "{:?}", status());
        drop(tracing);
        // The proxy of the environment is asked for others, and is not there.
        for (endpoint, class) in [
            ("http://other.test:4317", "refused"),
            ("http://excepted.test:4317", "unresolved"),
        ] {
            let tracing = exporting("grpc", endpoint, &[("OTEL_BSP_EXPORT_TIMEOUT", "300")]);
            work();
            assert!(flush(SOON));
            assert_eq!(status().last_export_error, Some(class), "{endpoint}");
            drop(tracing);
        }
    });
}

/// A proxy that answers each request with `answer`, and what it was asked.
fn answering(answer: &'static str) -> (String, Heads<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let _ = sender.send(head.to_lowercase());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, heads)
}

const REFUSAL: &str = "HTTP/1.1 407 hunter2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

#[test]
fn a_proxy_that_refuses_is_called_so_with_its_number_and_not_asked_again() {
    in_a_process_with(&[], || {
        let forbids = "HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        for (answer, protocol, scheme, class, number) in [
            (REFUSAL, "grpc", "http", "unauthorized", 407),
            (REFUSAL, "http/protobuf", "http", "unauthorized", 407),
            (REFUSAL, "grpc", "https", "unauthorized", 407),
            (REFUSAL, "http/protobuf", "https", "unauthorized", 407),
            (forbids, "grpc", "http", "forbidden", 403),
        ] {
            let (address, heads) = answering(answer);
            let endpoint = format!("{scheme}://collector.test:4317");
            let more = [("HTTP_PROXY", address.as_str()), ("HTTPS_PROXY", &address)];
            let tracing = exporting(protocol, &endpoint, &more);
            work();
            assert!(flush(SOON));
            let seen = status();
            assert_eq!(
                (seen.last_export_error, seen.last_export_status),
                (Some(class), Some(number)),
                "{protocol} {scheme}"
            );
            assert!(!format!("{seen:?}").contains("hunter2"));
            assert_eq!(heads.try_iter().count(), 1, "{protocol} {scheme}");
            drop(tracing);
        }
    });
}

#[test]
fn a_proxy_that_cannot_reach_the_receiver_is_asked_again() {
    in_a_process_with(&[], || {
        let (address, heads) = answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
        let _tracing = exporting("grpc", "http://collector.test", &[("HTTP_PROXY", &address)]);
        work();
        assert!(flush(SOON));
        let seen = status();
        assert_eq!(
            (seen.last_export_error, seen.last_export_status),
            (Some("unavailable"), Some(502))
        );
        let heads: Vec<String> = heads.try_iter().collect();
        assert!(heads.len() > 1, "{heads:?}");
        // The port that the scheme stands for.
        let begins = "connect collector.test:80 http/1.1\r\nhost: collector.test:80\r\n";
        assert!(heads[0].starts_with(begins), "{heads:?}");
    });
}

#[test]
fn a_proxy_that_wants_tls_is_sent_nothing_and_tracing_stays_off() {
    in_a_process_with(&[], || {
        let (address, heads) = answering(REFUSAL);
        let address = format!("https://user:hunter2@{address}");
        for (variable, scheme) in [("HTTP_PROXY", "http"), ("HTTPS_PROXY", "https")] {
            let endpoint = format!("{scheme}://collector.test:4317");
            let _tracing = exporting("grpc", &endpoint, &[(variable, &address)]);
            work();
            let State::Failed { reason } = status().state else {
                panic!("{:?}", status());
            };
            assert!(reason.starts_with(variable), "{reason}");
            assert!(!reason.contains("hunter2"), "{reason}");
        }
        assert_eq!(heads.try_iter().count(), 0);
    });
}
