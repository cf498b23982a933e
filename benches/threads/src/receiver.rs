//! A receiver of OTLP over HTTP/1.1 that reads requests and says that all is well, once it is told to.

use std::io::{BufRead, BufReader, Read, Write, copy, sink};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Told, Sender, channel};

pub struct Receiver {
    pub endpoint: String,
    tell: Sender<()>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (tell, told) = channel();
        std::thread::spawn(move || serve(&listener, &told));
        Self { endpoint, tell }
    }

    /// From now on requests are answered.
    pub fn answer(&self) {
        let _ = self.tell.send(());
    }
}

fn serve(listener: &TcpListener, told: &Told<()>) {
    let mut waits = true;
    for connection in listener.incoming().flatten() {
        let mut connection = BufReader::new(connection);
        while let Some(length) = length_of_body(&mut connection) {
            let mut body = connection.by_ref().take(length);
            if copy(&mut body, &mut sink()).is_err() {
                break;
            }
            if std::mem::take(&mut waits) {
                let _ = told.recv();
            }
            let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
            if connection.get_mut().write_all(answer.as_bytes()).is_err() {
                break;
            }
        }
    }
}

/// Reads a request's head; none at the end of the connection.
fn length_of_body(connection: &mut BufReader<TcpStream>) -> Option<u64> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            return Some(length);
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
}
