//! Answers without end.

use observed_tests::hostile::{Kind, field};

use super::{End, OK, by_http1, by_http2, withstands};

#[test]
fn a_body_without_end_is_read_up_to_a_bound() {
    let some = || b"hunter2 ".repeat(2 * 1024);
    withstands(|| {
        vec![
            by_http1("to the end", End::Delivered, move |exchange| {
                exchange.write(OK)?;
                exchange.write(b"\r\n")?;
                exchange.without_end(&some())
            }),
            by_http1("in chunks of a byte", End::Delivered, |exchange| {
                exchange.write(OK)?;
                exchange.write(b"transfer-encoding: chunked\r\n\r\n")?;
                exchange.without_end(&b"1\r\nx\r\n".repeat(1024))
            }),
            by_http1("one chunk", End::Lost("broken"), |exchange| {
                exchange.write(OK)?;
                exchange.write(b"transfer-encoding: chunked\r\n\r\n1;")?;
                exchange.without_end(&b"hunter2=".repeat(1024))
            }),
            by_http1(
                "of a refusal",
                End::Lost("rejected (400)"),
                move |exchange| {
                    exchange.write(b"HTTP/1.1 400 hunter2\r\n\r\n")?;
                    exchange.without_end(&some())
                },
            ),
            by_http2("frames", End::Lost("broken"), move |exchange| {
                exchange.answer("200")?;
                exchange.without_end(Kind::Data, &some())
            }),
            by_http2("frames of a byte", End::Lost("broken"), |exchange| {
                exchange.answer("200")?;
                exchange.without_end(Kind::Data, b"x")
            }),
            by_http2(
                "of a refusal",
                End::Lost("rejected (400)"),
                move |exchange| {
                    exchange.answer("400")?;
                    exchange.without_end(Kind::Data, &some())
                },
            ),
        ]
    });
}

#[test]
fn headers_without_end_are_read_up_to_a_bound() {
    withstands(|| {
        vec![
            by_http1("many", End::Lost("broken"), |exchange| {
                exchange.write(OK)?;
                exchange.without_end(&b"x-some: hunter2\r\n".repeat(1024))
            }),
            by_http1("one", End::Lost("broken"), |exchange| {
                exchange.write(OK)?;
                exchange.write(b"x-one: ")?;
                exchange.without_end(&b"hunter2 ".repeat(1024))
            }),
            by_http1("a reason", End::Lost("broken"), |exchange| {
                exchange.write(b"HTTP/1.1 400 ")?;
                exchange.without_end(&b"hunter2 ".repeat(1024))
            }),
            by_http1("trailers", End::Lost("broken"), |exchange| {
                exchange.write(OK)?;
                exchange.write(b"transfer-encoding: chunked\r\n\r\n0\r\n")?;
                exchange.without_end(&b"x-some: hunter2\r\n".repeat(1024))
            }),
            by_http2("continuations", End::Lost("broken"), |exchange| {
                exchange.begin_headers(&field(":status", b"200"))?;
                exchange.without_end(Kind::Continuation, &field("x-some", b"hunter2"))
            }),
            by_http2("empty continuations", End::Lost("broken"), |exchange| {
                exchange.begin_headers(&field(":status", b"200"))?;
                exchange.without_end(Kind::Continuation, b"")
            }),
        ]
    });
}
