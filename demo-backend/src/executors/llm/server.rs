//! A small completion server of the demo's own, so that it runs without another service. It can be told, by the name of the
//! model, to be slow, to fail, and to answer nonsense.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;

/// The time that a slow model takes.
const SLOW: Duration = Duration::from_secs(20);

/// The embedded completion server has no port.
#[derive(Debug, thiserror::Error)]
#[error("the embedded completion server cannot listen: {0}")]
pub struct ListenError(io::Error);

#[derive(Deserialize)]
struct Request {
    model: String,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

/// Serves on a free port of this machine, and returns the base URL.
///
/// # Errors
/// When no port can be had.
pub async fn start() -> Result<String, ListenError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(ListenError)?;
    let address = listener.local_addr().map_err(ListenError)?;
    let router = Router::new().route("/v1/chat/completions", post(complete));
    tokio::spawn(async move {
        let served = axum::serve(listener, router).await;
        log::warn!("the embedded completion server ended: {served:?}");
    });
    Ok(format!("http://{address}"))
}

async fn complete(Json(request): Json<Request>) -> Response {
    match request.model.as_str() {
        "demo-fails" => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "demo-nonsense" => return "this is no completion".into_response(),
        "demo-slow" => tokio::time::sleep(SLOW).await,
        _ => {}
    }
    let words = |text: &str| text.split_whitespace().count();
    let asked: usize = request
        .messages
        .iter()
        .map(|message| words(&message.content))
        .sum();
    let text = format!("a completion of {asked} words");
    Json(json!({
        "model": request.model,
        "choices": [{ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": text } }],
        "usage": { "prompt_tokens": asked, "completion_tokens": words(&text), "total_tokens": asked + words(&text) },
    }))
    .into_response()
}
