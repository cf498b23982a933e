//! The listening socket, the signal that ends the service, and the graceful end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::router;
use crate::state::App;

/// The longest time of requests in flight once the service was told to stop.
const DRAIN_DEADLINE: Duration = Duration::from_secs(10);

/// The most connections at once; more wait to be accepted.
const MOST_CONNECTIONS: usize = 512;
/// The longest life of a connection, whatever its client does.
const LONGEST_CONNECTION: Duration = Duration::from_mins(5);
/// The pause after a connection that could not be accepted.
const PAUSE: Duration = Duration::from_millis(50);

/// An address that cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {error}{hint}", hint = hint(.error))]
pub struct BindError {
    address: SocketAddr,
    error: io::Error,
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "; another process has it: choose another one with --listen",
        io::ErrorKind::PermissionDenied => "; ports below 1024 need a privilege",
        _ => "",
    }
}

/// Requests that were not finished at the end of the service.
#[derive(Debug, thiserror::Error)]
#[error("requests were still running at the deadline; ended without them")]
pub struct StillRunning;

/// Listens on `address`.
///
/// # Errors
/// When the address cannot be had; the message says why.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| BindError { address, error })
}

/// Serves until `stop` completes, then lets requests in flight finish, within a deadline.
///
/// # Errors
/// When requests were still running at the deadline.
pub async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), StillRunning> {
    if let Ok(address) = listener.local_addr() {
        log::info!("listening on http://{address}");
    }
    let (slots, actions) = (
        Arc::clone(&app.pipeline.slots),
        app.limits().concurrent_actions,
    );
    let requests = app.requests.clone();
    let connections = GracefulShutdown::new();
    // Whatever it waits for, a place, a connection or the end of a pause, the stop ends it.
    let counted = app.clone();
    tokio::select! {
        () = accept(&listener, app, &connections) => {}
        () = at_intervals(&counted) => {}
        () = stop => {}
    }
    drop(listener);
    let drained = async {
        connections.shutdown().await;
        // Requests whose clients have hung up: their lines belong into the audit log.
        requests.close();
        requests.wait().await;
        // Actions that outlived their request: their spans end with them.
        let _ = slots
            .acquire_many(u32::try_from(actions).unwrap_or(u32::MAX))
            .await;
        counted.at_interval().await;
    };
    tokio::time::timeout(DRAIN_DEADLINE, drained)
        .await
        .map_err(|_| StillRunning)
}

/// Accepts connections for ever. Not `axum::serve`, which waits for headers without a limit.
async fn accept(listener: &TcpListener, app: App, connections: &GracefulShutdown) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(app.limits().header_timeout);
    let router = router::router(app);
    let permits = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, for example; some will be free soon.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let watched = connections.watch(connection);
        tokio::spawn(async move {
            let _permit = permit;
            // A connection that ends badly is the client's business; one whose client does not read ends too.
            let _ = tokio::time::timeout(LONGEST_CONNECTION, watched).await;
        });
    }
}

/// Does what is done by interval, for ever.
async fn at_intervals(app: &App) {
    loop {
        tokio::time::sleep(app.limits().audit_interval).await;
        app.at_interval().await;
    }
}

/// Completes on Ctrl-C, and on SIGTERM where there is one.
pub async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
