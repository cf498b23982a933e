//! The listening socket, the signal that ends the service, and the graceful end.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::app::App;

/// How long requests in flight may take once the service was told to stop.
const DRAIN_DEADLINE: Duration = Duration::from_secs(10);

/// Listens on `address`.
///
/// # Errors
/// When the address cannot be had; the message says why.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "; another process has it: choose another one with --listen"
            }
            std::io::ErrorKind::PermissionDenied => "; ports below 1024 need a privilege",
            _ => "",
        };
        format!("cannot listen on {address}: {error}{hint}")
    })
}

/// Serves until `stop` completes, then lets requests in flight finish, within a deadline.
///
/// # Errors
/// When serving fails, or requests were still running at the deadline.
pub async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    if let Ok(address) = listener.local_addr() {
        log::info!("listening on http://{address}");
    }
    let (stopping, stopped) = oneshot::channel();
    let (slots, actions) = (Arc::clone(&app.slots), app.limits.concurrent_actions);
    let serving = axum::serve(listener, app.router()).with_graceful_shutdown(async move {
        stop.await;
        let _ = stopping.send(());
    });
    let deadline = async {
        if stopped.await.is_ok() {
            tokio::time::sleep(DRAIN_DEADLINE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let drained = async {
        serving
            .await
            .map_err(|error| format!("serving failed: {error}"))?;
        // Actions that outlived their request: their spans end with them.
        let _ = slots
            .acquire_many(u32::try_from(actions).unwrap_or(u32::MAX))
            .await;
        Ok(())
    };
    tokio::select! {
        served = drained => served,
        () = deadline => Err("requests were still running at the deadline; ended without them".to_owned()),
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
