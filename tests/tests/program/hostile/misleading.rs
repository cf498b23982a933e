//! Answers that want to be unpacked, repeated or followed.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use observed_tests::hostile::{Http1, Http2, Kind, field};

use super::{End, OK, by_http1, by_http2, withstands};

/// So many bytes of zeros, a thousand times smaller.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    (0..bytes / zeros.len()).for_each(|_| packed.write_all(&zeros).unwrap());
    packed.finish().unwrap()
}

/// A message of gRPC, and that the call went well.
fn send_message(exchange: &mut Http2, is_compressed: u8, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    let framed = [&[is_compressed], &length[..], message].concat();
    for part in framed.chunks(16 * 1024) {
        exchange.send(Kind::Data, part)?;
    }
    exchange.trailers(&field("grpc-status", b"0"))
}

#[test]
fn what_is_compressed_is_not_unpacked() {
    withstands(|| {
        let (one, other) = (bomb(60 << 20), bomb(60 << 20));
        assert!(one.len() < 64 * 1024, "small enough to be read");
        vec![
            by_http1("a body", End::Delivered, move |exchange| {
                exchange.write(OK)?;
                let length = one.len();
                exchange.write(
                    format!("content-encoding: gzip\r\ncontent-type: application/x-protobuf\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n").as_bytes(),
                )?;
                exchange.write(&one)
            }),
            by_http2("a message", End::Delivered, move |exchange| {
                let fields = [
                    field(":status", b"200"),
                    field("content-type", b"application/grpc"),
                    field("grpc-encoding", b"gzip"),
                ];
                exchange.headers(&fields.concat())?;
                send_message(exchange, 1, &other)
            }),
        ]
    });
}

#[test]
fn words_of_any_length_are_read_up_to_a_bound_and_kept_nowhere() {
    let message = |bytes: usize| {
        let words = b"hunter2 ".repeat(bytes / 8);
        [field("grpc-status", b"3"), field("grpc-message", &words)].concat()
    };
    // Field 1, whose length has three bytes: field 1 is 1,000, field 2 the words.
    let partial = |bytes: usize| {
        let varint = |n: usize| [n as u8 | 128, (n >> 7) as u8 | 128, (n >> 14) as u8];
        let mut inner = vec![0x08, 0xe8, 0x07, 0x12];
        inner.extend(varint(bytes));
        inner.extend(b"hunter2 ".repeat(bytes / 8));
        [&[0x0a], &varint(inner.len())[..], &inner].concat()
    };
    let by_post = move |exchange: &mut Http1, bytes| {
        let body = partial(bytes);
        exchange.write(OK)?;
        let length = body.len();
        exchange
            .write(format!("content-length: {length}\r\nconnection: close\r\n\r\n").as_bytes())?;
        exchange.write(&body)
    };
    let by_call = move |exchange: &mut Http2, bytes| {
        exchange.answer("200")?;
        send_message(exchange, 0, &partial(bytes))
    };
    withstands(|| {
        vec![
            by_http2("some", End::Lost("rejected (3)"), move |exchange| {
                exchange.answer("200")?;
                exchange.trailers(&message(15_000))
            }),
            by_http2("many", End::Lost("broken"), move |exchange| {
                exchange.answer("200")?;
                exchange.trailers(&message(1_000_000))
            }),
            by_http2("some, in part", End::Lost("rejected"), move |exchange| {
                by_call(exchange, 60_000)
            }),
            by_http2("many, in part", End::Lost("broken"), move |exchange| {
                by_call(exchange, 2_000_000)
            }),
            by_http1("some, in part", End::Lost("rejected"), move |exchange| {
                by_post(exchange, 60_000)
            }),
            // The number stands before the words, within what is read.
            by_http1("many, in part", End::Lost("rejected"), move |exchange| {
                by_post(exchange, 2_000_000)
            }),
        ]
    });
}

#[test]
fn a_redirection_is_not_followed() {
    const STATUSES: [(&str, &str); 4] = [
        ("301", "rejected (301)"),
        ("302", "rejected (302)"),
        ("307", "rejected (307)"),
        ("308", "rejected (308)"),
    ];
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = elsewhere.local_addr().unwrap();
    withstands(|| {
        let to = format!("http://{address}/v1/traces");
        let cases = STATUSES.iter().flat_map(|(status, class)| {
            let (one, other) = (to.clone(), to.clone());
            [
                by_http1(status, End::Lost(class), move |exchange| {
                    let answer = format!("HTTP/1.1 {status} hunter2\r\nlocation: {one}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                    exchange.write(answer.as_bytes())
                }),
                by_http2(status, End::Lost(class), move |exchange| {
                    let location = field("location", other.as_bytes());
                    let status = field(":status", status.as_bytes());
                    exchange.trailers(&[status, location].concat())
                }),
            ]
        });
        cases.collect()
    });
    assert!(elsewhere.accept().is_err(), "nobody came");
}
