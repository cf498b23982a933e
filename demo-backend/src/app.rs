//! The service's state and its routes, apart from `main` so that tests can call them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tokio::sync::Semaphore;

use crate::audit::AuditLog;
use crate::entry;
use crate::executors::Executors;

/// What every request may use.
#[derive(Clone, Debug)]
pub struct App {
    /// The one key that clients may send.
    pub api_key: Arc<str>,
    /// The key of operators; without one there are no admin routes.
    pub admin_key: Option<Arc<str>>,
    /// Where the outcome of every request is kept.
    pub audit: Arc<AuditLog>,
    /// What runs the actions.
    pub executors: Arc<Executors>,
    /// How many actions may run at once.
    pub slots: Arc<Semaphore>,
    /// What a request may take.
    pub limits: Limits,
}

/// What a request may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The largest payload, in bytes of its canonical JSON.
    pub payload_bytes: usize,
    /// The deepest nesting of the payload.
    pub payload_depth: usize,
    /// How long an action may run.
    pub action_timeout: Duration,
    /// How many actions may run at once.
    pub concurrent_actions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            payload_bytes: 16 * 1024,
            payload_depth: 16,
            action_timeout: Duration::from_secs(2),
            concurrent_actions: 16,
        }
    }
}

impl App {
    /// The state of a service that accepts `api_key` and appends to the audit log at `audit_log`.
    ///
    /// # Errors
    /// When the key is empty, or the audit log cannot be opened for appending.
    pub fn new(api_key: &str, audit_log: &Path, limits: Limits) -> Result<Self, String> {
        if api_key.is_empty() {
            return Err("the API key is empty; set DEMO_API_KEY or --api-key".to_owned());
        }
        let audit = AuditLog::open(audit_log).map_err(|error| {
            format!(
                "cannot append to the audit log {}: {error}",
                audit_log.display()
            )
        })?;
        Ok(Self {
            api_key: api_key.into(),
            admin_key: None,
            audit: Arc::new(audit),
            executors: Arc::new(Executors::all()),
            slots: Arc::new(Semaphore::new(limits.concurrent_actions)),
            limits,
        })
    }

    /// The same with admin routes behind `admin_key`.
    ///
    /// # Errors
    /// When the key is empty, or the clients' own.
    pub fn with_admin_key(self, admin_key: &str) -> Result<Self, String> {
        if admin_key.is_empty() || admin_key == &*self.api_key {
            return Err("the admin key must not be empty, and not the API key; set DEMO_ADMIN_KEY or --admin-key".to_owned());
        }
        Ok(Self {
            admin_key: Some(admin_key.into()),
            ..self
        })
    }

    /// The routes.
    pub fn router(self) -> Router {
        let body_limit = DefaultBodyLimit::max(self.limits.body_bytes);
        Router::new()
            .route("/health", get(entry::health::health))
            .route("/process", post(entry::process::process))
            .route(
                "/admin/tracing",
                get(entry::admin::show).put(entry::admin::switch),
            )
            .fallback(entry::error::not_found)
            .method_not_allowed_fallback(entry::error::method_not_allowed)
            .layer(body_limit)
            .with_state(self)
    }
}
