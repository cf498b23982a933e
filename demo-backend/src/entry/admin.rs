//! `GET` and `PUT /admin/tracing`: the whole status, and the switches. Without an admin key the path does not exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use observed_runtime::{Status, set_scope_enabled, set_tracing_enabled, status};
use serde::{Deserialize, Serialize};

use super::body::object;
use super::error::ApiError;
use super::operator::authorise;
use crate::audit::Switched;
use crate::registry::SCOPES;
use crate::state::App;

/// The body of `PUT /admin/tracing`; what is left out stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switches {
    /// Whether spans are recorded.
    enabled: Option<bool>,
    /// Scopes by name.
    #[serde(default)]
    scopes: BTreeMap<String, bool>,
}

/// The answer of both methods.
#[derive(Debug, Serialize)]
pub struct Tracing {
    /// The runtime's whole status.
    #[serde(flatten)]
    status: Status,
    /// Scopes that this request switched, and whether they could be.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    switched: BTreeMap<&'static str, bool>,
}

/// Answers with the status, for an operator.
///
/// # Errors
/// Without the admin key, or where none is set.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Json<Tracing>, ApiError> {
    authorise(&app, &headers)?;
    Ok(answer(BTreeMap::new()))
}

/// Switches tracing and scopes, at once and without a restart.
///
/// # Errors
/// Without the admin key, where none is set, and when the body is not what it takes.
pub async fn switch(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Tracing>, ApiError> {
    const EXAMPLE: &str =
        r#"send {"enabled": true, "scopes": {"pipeline": true}}, each if it is to change"#;
    authorise(&app, &headers)?;
    let body = body.map_err(|rejection| ApiError::of_body(&rejection, app.limits().body_bytes))?;
    let switches: Switches = object(&body).map_err(|_| ApiError::Malformed(EXAMPLE.to_owned()))?;
    let scopes = known(&switches.scopes)?;
    let mut records = Vec::new();
    // Tracing first: without a pipeline there is nothing that a scope could be switched in.
    if let Some(on) = switches.enabled {
        records.push(Switched::now("tracing", on, set_tracing_enabled(on)));
    }
    let mut done = BTreeMap::new();
    for (scope, on) in scopes {
        let is_on = set_scope_enabled(scope, on);
        done.insert(scope, is_on);
        records.push(Switched::now(scope, on, is_on));
    }
    record(&app, records).await;
    Ok(answer(done))
}

/// Returns the scopes that a body names, if all of them exist.
fn known(scopes: &BTreeMap<String, bool>) -> Result<Vec<(&'static str, bool)>, ApiError> {
    let known = |(named, on): (&String, &bool)| {
        let scope = SCOPES.into_iter().find(|scope| scope == named);
        scope.map(|scope| (scope, *on))
    };
    let known: Option<Vec<_>> = scopes.iter().map(known).collect();
    let wrong = || format!("no such scope; there are {}", SCOPES.join(", "));
    known.ok_or_else(|| ApiError::Malformed(wrong()))
}

/// Logs and audits what was switched. It stays switched where it cannot be audited: a full disk must not keep an operator
/// from switching tracing off.
async fn record(app: &App, records: Vec<Switched>) {
    let audit = Arc::clone(&app.pipeline.audit);
    let writing = move || {
        for record in records {
            log::info!("{record}");
            if let Err(error) = audit.note(&record) {
                log::error!("the audit log cannot be written: {error}");
            }
        }
    };
    let _ = tokio::task::spawn_blocking(writing).await;
}

fn answer(switched: BTreeMap<&'static str, bool>) -> Json<Tracing> {
    Json(Tracing {
        status: status(),
        switched,
    })
}
