//! Who may use the routes of operators.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use subtle::ConstantTimeEq;

use super::error::ApiError;
use crate::state::App;

/// Authenticates an operator: the admin key is another one than the clients', compared in constant time.
///
/// It comes as `X-ADMIN-KEY`, or as the bearer token that Prometheus can send.
pub(super) fn authorise(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(expected) = &app.admin_key else {
        return Err(ApiError::NotFound);
    };
    let sent = headers.get("x-admin-key").map(HeaderValue::as_bytes);
    let sent = sent.or_else(|| bearer(headers)).unwrap_or_default();
    if expected.as_bytes().ct_eq(sent).into() {
        Ok(())
    } else {
        Err(ApiError::AdminKey)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let value = headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = value.split_at_checked("Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then_some(token)
}
