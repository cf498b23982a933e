//! Connections: few, short, and none that could hold the program up.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::answer::answer;
use crate::traces::Traces;

/// A person has one page open, or a few.
const MOST_CONNECTIONS: usize = 16;
/// A connection's request and answer together: at most two megabytes, to this machine.
const LONGEST: Duration = Duration::from_secs(10);
/// Before another connection is accepted where none could be.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves the page of these traces, until it is dropped.
///
/// # Errors
/// When the listener has no address.
pub async fn serve(listener: TcpListener, traces: Arc<Traces>) -> io::Result<Infallible> {
    let address = listener.local_addr()?;
    let mut http = http1::Builder::new();
    // A connection has one answer, so that one who does not read holds no more than that.
    http.keep_alive(false);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let traces = Arc::clone(&traces);
        let service = service_fn(move |request| {
            let answered = answer(&request, address, &traces);
            std::future::ready(Ok::<_, Infallible>(answered))
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            let _place = place;
            // One that ends badly is the other side's business.
            let _ = tokio::time::timeout(LONGEST, connection).await;
        });
    }
}
