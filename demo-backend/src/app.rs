//! The service's state and its routes, apart from `main` so that tests can call them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::audit::{AuditLog, Fsync};
use crate::entry;
use crate::executors::Executors;
use crate::rules::Rules;
use crate::store::Store;

/// What every request may use.
#[derive(Clone, Debug)]
pub struct App {
    /// Who may do what.
    pub rules: Arc<Rules>,
    /// The key of operators; without one there are no admin routes.
    pub admin_key: Option<Arc<str>>,
    /// Where the outcome of every request is kept.
    pub audit: Arc<AuditLog>,
    /// Answers and counts that outlive a restart.
    pub store: Store,
    /// What runs the actions.
    pub executors: Arc<Executors>,
    /// How many actions may run at once.
    pub slots: Arc<Semaphore>,
    /// Requests that are being worked on, their client there or not; the end of the service waits for them.
    pub requests: TaskTracker,
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
    /// How long a client may take to send its headers.
    pub header_timeout: Duration,
    /// How long a request may take in all, the sending of its body included.
    pub request_timeout: Duration,
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
            header_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(8),
            concurrent_actions: 16,
        }
    }
}

impl App {
    /// The state of a service that goes by `rules` and appends to the audit log at `audit_log`.
    ///
    /// # Errors
    /// When the audit log cannot be opened for appending, or its chain is broken.
    pub fn new(
        rules: Rules,
        audit_log: (&Path, Fsync),
        store: Store,
        executors: Executors,
        limits: Limits,
    ) -> Result<Self, String> {
        let (path, fsync) = audit_log;
        let audit = AuditLog::open(path, fsync).map_err(|error| {
            format!(
                "cannot append to the audit log {}: {error}; choose another one with --audit-log, or move this one \
                 away and keep it",
                path.display()
            )
        })?;
        Ok(Self {
            rules: Arc::new(rules),
            admin_key: None,
            audit: Arc::new(audit),
            store,
            executors: Arc::new(executors),
            slots: Arc::new(Semaphore::new(limits.concurrent_actions)),
            requests: TaskTracker::new(),
            limits,
        })
    }

    /// The same with admin routes behind `admin_key`.
    ///
    /// # Errors
    /// When the key is empty, or a client's.
    pub fn with_admin_key(self, admin_key: &str) -> Result<Self, String> {
        if admin_key.is_empty() || self.rules.knows(admin_key) {
            return Err("the admin key must not be empty, and not the API key of a profile; set DEMO_ADMIN_KEY or --admin-key".to_owned());
        }
        Ok(Self {
            admin_key: Some(admin_key.into()),
            ..self
        })
    }

    /// The routes.
    pub fn router(self) -> Router {
        let body_limit = DefaultBodyLimit::max(self.limits.body_bytes);
        let mut router = Router::new()
            .route("/health", get(entry::health::health))
            .route("/openapi.json", get(entry::openapi::description))
            .route("/process", post(entry::process::process));
        // Without a key the path does not exist, whatever the method.
        if self.admin_key.is_some() {
            let switches = get(entry::admin::show).put(entry::admin::switch);
            router = router.route("/admin/tracing", switches);
        }
        router
            .fallback(entry::error::not_found)
            .method_not_allowed_fallback(entry::error::method_not_allowed)
            .layer(body_limit)
            .layer(from_fn_with_state(self.clone(), entry::envelope::around))
            .with_state(self)
    }
}
