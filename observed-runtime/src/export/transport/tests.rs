use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use super::*;
use crate::config::{Settings, Source};
use crate::export::io::Io;

const PROTOCOLS: [&str; 2] = ["grpc", "http/protobuf"];

fn transport(protocol: &str, endpoint: &str, timeout: &str, resolver: Resolver) -> Transport {
    let mut source = Source::default();
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", timeout),
        ("NO_PROXY", "*"),
    ] {
        source.set(name, value);
    }
    let settings = Settings::read(&source, "test").unwrap();
    Transport::resolving_by(&settings.otlp, resolver).unwrap()
}

/// The transport by each protocol whose resolver never answers, with a time for one try.
fn by_a_hanging_resolver(timeout: &str) -> [Transport; 2] {
    let endpoint = "http://collector:4317";
    PROTOCOLS.map(|protocol| transport(protocol, endpoint, timeout, Resolver::Hanging))
}

/// Sends nothing.
fn sent(
    transport: &mut Transport,
    control: &Control,
    within: Duration,
) -> Result<Delivered, Failure> {
    let sent = transport.send(Body::of(b"", false), within, control);
    Io::start().unwrap().block_on(sent).unwrap()
}

/// Far longer than the test's own patience.
const LONG: Duration = Duration::from_secs(60 * 60);

#[test]
fn a_resolver_that_hangs_is_waited_for_no_longer_than_an_export_takes() {
    for mut transport in by_a_hanging_resolver("100") {
        let sent = sent(
            &mut transport,
            &Control::default(),
            Duration::from_millis(500),
        );
        assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
    }
}

#[test]
fn a_resolver_that_hangs_is_waited_for_no_longer_than_a_stop_takes() {
    for mut transport in by_a_hanging_resolver("0") {
        let control = Control::default();
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| sent(&mut transport, &control, LONG));
            control.tell_to_stop(Instant::now() + Duration::from_millis(100));
            let sent = sending.join().unwrap();
            assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
        });
        // What is left is not tried.
        let sent = sent(&mut transport, &control, LONG);
        assert_eq!(sent, Err(Failure::of(FailureClass::Timeout)));
    }
}

/// The next frame's kind and flags (RFC 9113, section 4.1).
fn frame(stream: &mut TcpStream) -> std::io::Result<(u8, u8)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head)?;
    let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
    stream.read_exact(&mut payload)?;
    Ok((head[3], head[4]))
}

#[test]
fn a_grpc_receiver_that_is_silent_is_asked_whether_it_is_still_there() {
    const PING: (u8, u8) = (6, 0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 24]).unwrap();
        // SETTINGS, without any.
        stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).unwrap();
        while let Ok(frame) = frame(&mut stream) {
            if frame == PING {
                return true;
            }
        }
        false
    });
    let mut transport = transport("grpc", &endpoint, "5000", Resolver::System);
    // The server closes the connection as soon as it was asked.
    let _lost = sent(&mut transport, &Control::default(), Duration::from_secs(5));
    assert!(asked.join().unwrap());
}
