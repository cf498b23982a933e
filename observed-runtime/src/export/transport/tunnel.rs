//! A tunnel through a proxy (`CONNECT`; RFC 9110, section 9.3.6), and what the proxy's refusal means.

use std::error::Error;
use std::fmt;
use std::io;

use hyper::header::HeaderValue;
use hyper::{HeaderMap, StatusCode, Uri};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::attempt::Trouble;
use super::http1;
use crate::export::failure::{Failure, FailureClass};

/// The longest head of an answer.
const MOST: usize = 8 * 1024;

/// The proxy did not open the tunnel.
#[derive(Debug)]
pub(super) struct Declined(pub(super) Trouble);

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proxy opened no tunnel")
    }
}

impl Error for Declined {}

/// The connection, from where on it is one to `target`.
pub(super) async fn through(
    mut proxy: TcpStream,
    target: &Uri,
    auth: Option<&HeaderValue>,
) -> Result<TcpStream, Box<dyn Error + Send + Sync>> {
    let host = target.host().unwrap_or_default();
    let port = target.port_u16();
    let default = if target.scheme_str() == Some("http") {
        80
    } else {
        443
    };
    let authority = format!("{host}:{}", port.unwrap_or(default));
    let mut request = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
    if let Some(auth) = auth {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(auth.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    proxy.write_all(&request).await?;
    let head = head(&mut proxy).await?;
    opened(&head)?;
    Ok(proxy)
}

/// The head of the answer and nothing of what follows: a gRPC server speaks first.
async fn head(proxy: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < MOST && !head.ends_with(b"\r\n\r\n") {
        head.push(proxy.read_u8().await?);
    }
    Ok(head)
}

fn opened(head: &[u8]) -> Result<(), Declined> {
    let never = |class| Declined(Trouble::never(Failure::of(class)));
    // What answers in another way is no proxy.
    let status = status(head).ok_or(never(FailureClass::WrongProtocol))?;
    if !status.is_success() {
        return Err(Declined(http1::refused(status, &HeaderMap::new())));
    }
    if head.ends_with(b"\r\n\r\n") {
        Ok(())
    } else {
        Err(never(FailureClass::Broken))
    }
}

/// `HTTP/1.1 200 OK`
fn status(head: &[u8]) -> Option<StatusCode> {
    let digits = head.strip_prefix(b"HTTP/1.")?.get(2..5)?;
    StatusCode::from_bytes(digits).ok()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::super::attempt::Again;
    use super::*;
    use crate::export::io::Io;

    #[test]
    fn a_proxys_refusal_has_a_class_and_a_number() {
        assert!(opened(b"HTTP/1.1 200 OK\r\n\r\n").is_ok());
        assert!(opened(b"HTTP/1.0 200 Connection established\r\nVia: x\r\n\r\n").is_ok());
        for (head, class, status, is_never) in [
            (
                "HTTP/1.1 407 hunter2\r\n\r\n",
                "unauthorized",
                Some(407),
                true,
            ),
            ("HTTP/1.1 403 No\r\n\r\n", "forbidden", Some(403), true),
            ("HTTP/1.1 502 No\r\n\r\n", "unavailable", Some(502), false),
            ("HTTP/1.1 405 No\r\n\r\n", "rejected", Some(405), true),
            ("SSH-2.0-OpenSSH\r\n\r\n", "wrong_protocol", None, true),
            ("HTTP/1.1 200 OK\r\nx: y", "broken", None, true),
        ] {
            let Err(Declined(trouble)) = opened(head.as_bytes()) else {
                panic!("{head}");
            };
            let failure = trouble.failure;
            assert_eq!((failure.class.as_str(), failure.status), (class, status));
            assert_eq!(trouble.again == Again::Never, is_never, "{head}");
        }
    }

    #[test]
    fn what_a_receiver_says_first_is_not_lost_with_the_proxys_answer() {
        use std::io::{BufRead, BufReader, Write};
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let asked = BufReader::new(stream.try_clone().unwrap()).lines();
            let head = asked
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty());
            assert_eq!(head.count(), 2);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nfirst").unwrap();
        });
        let said = Io::start().unwrap().block_on(async {
            let proxy = TcpStream::connect(address).await.unwrap();
            let target = Uri::from_static("http://c.test");
            let mut stream = through(proxy, &target, None).await.unwrap();
            let mut said = String::new();
            stream.read_to_string(&mut said).await.unwrap();
            said
        });
        assert_eq!(said.as_deref(), Some("first"));
    }
}
