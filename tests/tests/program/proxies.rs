//! R13: the proxies of the machine are used, for what is not on this machine, and their passwords are shown nowhere.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Heads, channel};

use observed_runtime::{Tracing, flush, status};
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
