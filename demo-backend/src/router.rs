//! The routes, apart from `main` so that tests can call them.
//!
//! Every request passes the envelope first (request id, time limit, access log), then the body limit, then its handler.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::entry::{admin, envelope, error, health, metrics, openapi, process};
use crate::state::App;

/// Makes the routes of a service in this state.
pub fn router(app: App) -> Router {
    let body_limit = DefaultBodyLimit::max(app.limits().body_bytes);
    let mut router = Router::new()
        .route("/health", get(health::health))
        .route("/openapi.json", get(openapi::description))
        .route("/process", post(process::process));
    // Without a key the paths do not exist, whatever the method.
    if app.admin_key.is_some() {
        let switches = get(admin::show).put(admin::switch);
        router = router
            .route("/admin/tracing", switches)
            .route("/metrics", get(metrics::metrics));
    }
    router
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(body_limit)
        .layer(from_fn_with_state(app.clone(), envelope::around))
        .with_state(app)
}
