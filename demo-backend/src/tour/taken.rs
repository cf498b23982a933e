//! A step of the tour: sends one request, and takes the answer and the trace that it left.

use std::net::SocketAddr;
use std::time::Duration;

use observed_runtime::flush;
use opentelemetry_sdk::trace::SpanData;
use reqwest::Client;

use super::collect::Collected;
use super::error::TourError;
use super::script::Step;

const LONGEST_ANSWER: Duration = Duration::from_secs(10);
const FLUSH_DEADLINE: Duration = Duration::from_secs(5);

/// A step that was taken, and what became of it.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) title: &'static str,
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) spans: Vec<SpanData>,
}

/// Sends one request, and takes what comes back and the trace that it left.
pub(super) async fn take(
    client: &Client,
    address: SocketAddr,
    step: &Step,
    collected: &Collected,
) -> Result<Taken, TourError> {
    let mut request = client
        .post(format!("http://{address}/process"))
        .timeout(LONGEST_ANSWER)
        .header("x-api-key", step.api_key)
        .header("content-type", "application/json")
        .body(step.body.clone());
    if let Some(traceparent) = step.traceparent {
        request = request.header("traceparent", traceparent);
    }
    if let Some(key) = step.idempotency_key {
        request = request.header("idempotency-key", key);
    }
    let failed = |error| TourError::NoAnswer {
        step: step.title,
        error,
    };
    let response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let body = response.text().await.map_err(failed)?;
    tokio::time::sleep(step.settle).await;
    if !flush(FLUSH_DEADLINE) {
        return Err(TourError::NotFlushed {
            step: step.title,
            deadline: FLUSH_DEADLINE,
        });
    }
    Ok(Taken {
        title: step.title,
        status,
        body,
        spans: collected.take(),
    })
}
