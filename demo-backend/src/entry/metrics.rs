//! `GET /metrics`: the account for Prometheus. Without an admin key the path does not exist.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use observed_runtime::{metrics, status};

use super::error::ApiError;
use super::operator::authorise;
use crate::state::App;

/// Answers with the account as Prometheus text.
///
/// # Errors
/// Without the admin key, or where none is set.
pub async fn metrics(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    authorise(&app, &headers)?;
    let answer = [(CONTENT_TYPE, metrics::CONTENT_TYPE)];
    Ok((answer, status().to_prometheus()))
}
