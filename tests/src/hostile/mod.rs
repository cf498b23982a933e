//! A receiver that answers with what it pleases: endless, huge, slow, or elsewhere.

mod http1;
mod http2;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use http1::Exchange as Http1;
pub use http2::{Exchange as Http2, Kind, field};

/// What is done to one request, until the client has had enough of it.
pub trait Attack<E>: Fn(&mut E) -> io::Result<()> + Send + Sync + 'static {}

impl<E, F: Fn(&mut E) -> io::Result<()> + Send + Sync + 'static> Attack<E> for F {}

/// A hostile receiver on a free port of 127.0.0.1.
#[derive(Clone, Debug)]
pub struct Hostile {
    address: SocketAddr,
    begun: Arc<AtomicU64>,
    ended: Arc<AtomicU64>,
}

impl Hostile {
    /// Attacks each request that comes by HTTP/1.1.
    #[must_use]
    pub fn http1(attack: impl Attack<Http1>) -> Self {
        Self::start(move |hostile, stream| {
            let mut exchange = Http1::begin(stream)?;
            hostile.during(|| attack(&mut exchange))
        })
    }

    /// Attacks each request that comes by HTTP/2.
    #[must_use]
    pub fn http2(attack: impl Attack<Http2>) -> Self {
        Self::start(move |hostile, stream| {
            let mut exchange = Http2::begin(stream)?;
            hostile.during(|| attack(&mut exchange))
        })
    }

    /// A thread for each connection, so that one that is held keeps no other waiting.
    fn start(serve: impl Fn(&Self, TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let serve = Arc::new(serve);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let hostile = Self {
            address: listener.local_addr().unwrap(),
            begun: Arc::default(),
            ended: Arc::default(),
        };
        let its = hostile.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (its, serve) = (its.clone(), Arc::clone(&serve));
                // The end of a connection is the client's answer, and no fault of the test.
                std::thread::spawn(move || drop(serve(&its, stream)));
            }
        });
        hostile
    }

    fn during(&self, attack: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let ended = attack();
        self.ended.fetch_add(1, Ordering::SeqCst);
        ended
    }

    /// Where the program sends to.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests came.
    #[must_use]
    pub fn begun(&self) -> u64 {
        self.begun.load(Ordering::SeqCst)
    }

    /// How many of them are over.
    #[must_use]
    pub fn ended(&self) -> u64 {
        self.ended.load(Ordering::SeqCst)
    }
}
