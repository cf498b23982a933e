//! Exchanges that are held open: by floods of what is no answer, and by answers that trickle.

use std::time::Duration;

use observed_tests::hostile::{Http1, Kind, field};

use super::{End, OK, by_http1, by_http2, withstands};

#[test]
fn a_flood_of_what_is_no_answer_lasts_until_the_timeout_and_no_caller_waits_for_it() {
    withstands(|| {
        vec![
            by_http1("hints", End::Held, |exchange| {
                exchange.without_end(b"HTTP/1.1 103 Early\r\nlink: </hunter2>\r\n\r\n")
            }),
            by_http2("hints", End::Held, |exchange| {
                let link = field("link", &b"hunter2 ".repeat(100));
                let hint = [field(":status", b"103"), link].concat();
                loop {
                    exchange.headers(&hint)?;
                }
            }),
            by_http2("settings", End::Held, |exchange| {
                exchange.without_end(Kind::Settings, b"")
            }),
            by_http2("many settings", End::Held, |exchange| {
                exchange.without_end(Kind::Settings, &[0xbe, 0, 0, 0, 0, 0].repeat(2_000))
            }),
            by_http2("pings", End::Held, |exchange| {
                exchange.without_end(Kind::Ping, b"hunter2.")
            }),
            by_http2("unknown frames", End::Held, |exchange| {
                exchange.without_end(Kind::Unknown, &b"hunter2 ".repeat(1024))
            }),
            by_http2("empty frames", End::Lost("broken"), |exchange| {
                exchange.answer("200")?;
                exchange.without_end(Kind::Data, b"")
            }),
        ]
    });
}

#[test]
fn an_answer_that_trickles_ends_with_the_timeout_and_no_caller_waits_for_it() {
    const PAUSE: Duration = Duration::from_millis(10);
    let trickle = |exchange: &mut Http1| {
        loop {
            exchange.write(b"x")?;
            std::thread::sleep(PAUSE);
        }
    };
    withstands(|| {
        vec![
            by_http1("a status", End::Held, move |exchange| {
                exchange.write(b"HTTP/1.1 200 ")?;
                trickle(exchange)
            }),
            by_http1("a body", End::Held, move |exchange| {
                exchange.write(OK)?;
                exchange.write(b"content-length: 60000\r\n\r\n")?;
                trickle(exchange)
            }),
            by_http2("a body", End::Held, |exchange| {
                exchange.answer("200")?;
                loop {
                    exchange.send(Kind::Data, b"x")?;
                    std::thread::sleep(PAUSE);
                }
            }),
        ]
    });
}
