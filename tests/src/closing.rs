//! Receivers and paths to them that close connections, as servers, load balancers and address translators do.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};

/// A listener on a free port of 127.0.0.1.
fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// What is between a program and a receiver, and forwards to it.
#[derive(Clone, Debug)]
pub struct Path {
    address: SocketAddr,
    /// Nothing more is carried over the connections that there are; they stay open.
    silent_before: Arc<AtomicU64>,
    made: Arc<AtomicU64>,
}

impl Path {
    /// Closes a connection on which nothing has moved for `idle`.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn to(endpoint: &str, idle: Option<Duration>) -> Self {
        let to: SocketAddr = endpoint.trim_start_matches("http://").parse().unwrap();
        let (listener, address) = listen();
        let path = Self {
            address,
            silent_before: Arc::default(),
            made: Arc::default(),
        };
        let its = path.clone();
        std::thread::spawn(move || {
            for from in listener.incoming().flatten() {
                let number = its.made.fetch_add(1, Ordering::SeqCst) + 1;
                if let Ok(onward) = TcpStream::connect(to) {
                    its.carry(&from, &onward, number, idle);
                }
            }
        });
        path
    }

    /// Where the program sends to.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Carries nothing more over the connections that there are, without closing them.
    pub fn fall_silent(&self) {
        let made = self.made.load(Ordering::SeqCst);
        self.silent_before.store(made + 1, Ordering::SeqCst);
    }

    fn carry(&self, from: &TcpStream, onward: &TcpStream, number: u64, idle: Option<Duration>) {
        let last = Arc::new(AtomicU64::new(0));
        let begin = Instant::now();
        for (reader, writer) in [(from, onward), (onward, from)] {
            let (mut reader, mut writer) =
                (reader.try_clone().unwrap(), writer.try_clone().unwrap());
            let (path, last) = (self.clone(), Arc::clone(&last));
            std::thread::spawn(move || {
                let _ = reader.set_read_timeout(Some(Duration::from_millis(20)));
                let mut buffer = [0; 16 * 1024];
                loop {
                    let read = match reader.read(&mut buffer) {
                        Ok(0) => break,
                        Ok(read) => read,
                        Err(_) => {
                            let moved = Duration::from_millis(last.load(Ordering::SeqCst));
                            if idle.is_some_and(|idle| begin.elapsed() > moved + idle) {
                                break;
                            }
                            continue;
                        }
                    };
                    let now = begin.elapsed().as_millis() as u64;
                    last.store(now, Ordering::SeqCst);
                    let is_silent = number < path.silent_before.load(Ordering::SeqCst);
                    if !is_silent && writer.write_all(&buffer[..read]).is_err() {
                        break;
                    }
                }
                let _ = reader.shutdown(Shutdown::Both);
                let _ = writer.shutdown(Shutdown::Both);
            });
        }
    }
}

/// When a gRPC server says that it takes no more requests on a connection (GOAWAY).
#[derive(Clone, Copy, Debug)]
pub enum Goaway {
    /// When no request has come for so long.
    Idle(Duration),
    /// When the connection is so old.
    Age(Duration),
}

/// A gRPC receiver that counts requests, and ends its connections by GOAWAY. It can be stopped and started again on its
/// port.
#[derive(Debug)]
pub struct Counting {
    address: SocketAddr,
    requests: Arc<AtomicU64>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    goaway: Option<Goaway>,
}

impl Counting {
    /// Listens.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn start(goaway: Option<Goaway>) -> Self {
        let (listener, address) = listen();
        drop(listener);
        let mut counting = Self {
            address,
            requests: Arc::default(),
            stop: None,
            thread: None,
            goaway,
        };
        counting.restart();
        counting
    }

    /// Ends all connections, and listens again on the same port.
    ///
    /// # Panics
    /// When the port cannot be had again: the test cannot go on.
    pub fn restart(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (requests, goaway, address) = (Arc::clone(&self.requests), self.goaway, self.address);
        let (ready, is_ready) = std::sync::mpsc::channel();
        self.stop = Some(stop);
        self.thread = Some(std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind(address).await.unwrap();
                ready.send(()).unwrap();
                tokio::select! {
                    () = serve(&listener, &requests, goaway) => {}
                    _ = stopped => {}
                }
            });
        }));
        is_ready.recv().unwrap();
    }

    /// Where the program sends to.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests were answered.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}

/// How long a connection stays open after GOAWAY.
const GRACE: Duration = Duration::from_millis(50);

async fn serve(
    listener: &tokio::net::TcpListener,
    requests: &Arc<AtomicU64>,
    goaway: Option<Goaway>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        let requests = Arc::clone(requests);
        let moved = Arc::new(AtomicU64::new(0));
        tokio::spawn(async move {
            let begin = Instant::now();
            let its = Arc::clone(&moved);
            let service = service_fn(move |request| {
                let (requests, moved) = (Arc::clone(&requests), Arc::clone(&its));
                async move {
                    let answer = accept(request).await;
                    requests.fetch_add(1, Ordering::SeqCst);
                    moved.store(begin.elapsed().as_millis() as u64, Ordering::SeqCst);
                    answer
                }
            });
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service);
            tokio::pin!(connection);
            let mut ending = None;
            loop {
                tokio::select! {
                    _ = connection.as_mut() => return,
                    () = tokio::time::sleep(Duration::from_millis(10)) => {
                        let idle = || begin.elapsed().saturating_sub(Duration::from_millis(moved.load(Ordering::SeqCst)));
                        let is_due = match goaway {
                            None => false,
                            Some(Goaway::Idle(limit)) => idle() > limit,
                            Some(Goaway::Age(limit)) => begin.elapsed() > limit,
                        };
                        // What is still there after the grace is closed.
                        if is_due && ending.is_some_and(|since: Instant| since.elapsed() > GRACE) {
                            return;
                        }
                        if is_due && ending.is_none() {
                            connection.as_mut().graceful_shutdown();
                            ending = Some(Instant::now());
                        }
                    }
                }
            }
        });
    }
}

/// Takes the request whole, and answers that it was exported.
pub(crate) async fn accept(
    request: Request<Incoming>,
) -> Result<
    Response<impl hyper::body::Body<Data = Bytes, Error = std::convert::Infallible>>,
    hyper::Error,
> {
    request.into_body().collect().await?;
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from_static("0"));
    // An empty message, not compressed.
    let body = Full::new(Bytes::from_static(&[0; 5])).with_trailers(async { Some(Ok(trailers)) });
    let mut answer = Response::new(body);
    let kind = HeaderValue::from_static("application/grpc");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}
