//! Jaeger's own pages in this process, without Docker: an OTLP receiver on a free port of this machine, and the UI.
//!
//! By the crate `otlp-embedded`, which `RisingWave` makes for itself; its build needs `protoc`.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::response::Response;
use otlp_embedded::{Config, State, TraceServiceImpl, TraceServiceServer, ui_app};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

/// The most traces that are held; older ones go.
const TRACES: u32 = 1_000;
const BYTES: usize = 128 * 1024 * 1024;

/// A port that Jaeger's pages or their receiver cannot have.
#[derive(Debug, thiserror::Error)]
#[error("Jaeger's {part} cannot listen: {error}")]
pub struct JaegerError {
    part: &'static str,
    error: io::Error,
}

/// Serves the pages at `address`, and returns the endpoint for spans.
///
/// # Errors
/// When a port cannot be had.
pub async fn start(address: SocketAddr) -> Result<String, JaegerError> {
    let refused = |part| move |error| JaegerError { part, error };
    let pages = TcpListener::bind(address).await.map_err(refused("pages"))?;
    let spans = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let spans = spans.map_err(refused("receiver"))?;
    let endpoint = spans.local_addr().map_err(refused("receiver"))?;
    let state = State::new(Config {
        max_length: TRACES,
        max_memory_usage: BYTES,
    });
    let service = TraceServiceServer::new(TraceServiceImpl::new(state.clone()));
    tokio::spawn(async move {
        let incoming = TcpIncoming::from(spans);
        let served = Server::builder().add_service(service);
        log::warn!(
            "Jaeger's receiver ended: {:?}",
            served.serve_with_incoming(incoming).await
        );
    });
    let router = ui_app(state, "/").layer(map_response(found));
    tokio::spawn(async move {
        let served = axum::serve(pages, router).await;
        log::warn!("Jaeger's pages ended: {served:?}");
    });
    Ok(format!("http://{endpoint}"))
}

/// Corrects the status: the crate answers its one page with a redirection to nowhere, which only browsers forgive.
async fn found(mut answer: Response) -> Response {
    if answer.status() == StatusCode::TEMPORARY_REDIRECT {
        *answer.status_mut() = StatusCode::OK;
    }
    answer
}
