//! Where the demo's spans go: a receiver that counts, as another machine would, and collectors that fail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use observed_tests::receiver::Receiver;

/// The argument by which this program is a receiver and nothing else.
pub const RECEIVER: &str = "receiver";

/// Receives until its standard input ends.
pub fn receive() {
    let receiver = Receiver::counting();
    println!("{}", receiver.endpoint());
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

/// A receiver in a process of its own, which stands for another machine: it is given the time that nobody else wants.
pub struct Collector {
    pub endpoint: String,
    /// Whether the system lets it be so.
    pub is_idle: bool,
    process: Child,
}

impl Collector {
    pub fn start() -> Self {
        let own = std::env::current_exe().expect("a path");
        let is_idle = Command::new("chrt").args(["--idle", "0", "true"]).status().is_ok_and(|it| it.success());
        let mut command = Command::new(if is_idle { "chrt".as_ref() } else { own.as_os_str() });
        if is_idle {
            command.args(["--idle", "0"]).arg(&own);
        }
        let started = command.arg(RECEIVER).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = started.expect("the receiver starts");
        let mut endpoint = String::new();
        let output = process.stdout.as_mut().expect("it is piped");
        BufReader::new(output).read_line(&mut endpoint).expect("the receiver says where it is");
        Self { endpoint: endpoint.trim().to_owned(), is_idle, process }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A collector that treats every connection as `serve` says.
fn collector(serve: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().flatten().for_each(serve));
    format!("http://{address}")
}

fn overloaded(mut stream: TcpStream) {
    std::thread::spawn(move || {
        let mut some = [0; 4 * 1024];
        let _ = stream.read(&mut some);
        let _ = stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    });
}

/// The endpoints of collectors that fail, by what they do.
pub fn failing() -> Vec<(&'static str, String)> {
    let absent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    let held = std::sync::Mutex::new(Vec::new());
    vec![
        ("absent", format!("http://{}", absent.expect("an address"))),
        ("closes every connection", collector(drop)),
        ("never answers", collector(move |stream| held.lock().expect("no panic").push(stream))),
        ("answers 503", collector(overloaded)),
    ]
}
