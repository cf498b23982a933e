//! Small servers that stand for the service and for Jaeger.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A page of a service that answers every request with this status line and body, for as long as the tests run.
pub(crate) fn health_server(status: &'static str, body: &'static str) -> String {
    serve(move |_| (status, body.to_owned())) + "/health"
}

/// A Jaeger that has traces of `shop-backend`, with these operations.
pub(crate) fn jaeger(operations: &'static [&'static str]) -> String {
    serve(move |path| {
        let quoted: Vec<String> = operations.iter().map(|o| format!("{o:?}")).collect();
        let traces = operations
            .iter()
            .filter(|operation| path.contains(&format!("operation={operation}&")));
        let traces: Vec<String> = traces
            .map(|operation| format!("{{\"spans\":[{{\"operationName\":{operation:?}}}]}}"))
            .collect();
        let data = match path {
            "/api/services" => "\"shop-backend\"".to_owned(),
            "/api/services/shop-backend/operations" => quoted.join(","),
            _ => traces.join(","),
        };
        ("200 OK", format!("{{\"data\":[{data}]}}"))
    })
}

fn serve(answer: impl Fn(&str) -> (&'static str, String) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that goes away is none of the server's business.
            let _ = respond(stream.unwrap(), &answer);
        }
    });
    format!("http://{address}")
}

fn respond(
    mut stream: TcpStream,
    answer: &dyn Fn(&str) -> (&'static str, String),
) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request);
    let (status, body) = answer(request.split(' ').nth(1).unwrap_or_default());
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
