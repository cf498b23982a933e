//! The service's state: what there is for the whole of its life, shared by all requests.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::audit::{Anchors, AuditLog, Policy, UnknownCallers};
use crate::executors::Executors;
use crate::gates::Rates;
use crate::limits::Limits;
use crate::pipeline::Pipeline;
use crate::rules::Rules;
use crate::store::{Store, StoreError};

/// The state that all requests share.
#[derive(Clone, Debug)]
pub struct App {
    /// The profiles and what each may do.
    pub rules: Arc<Rules>,
    /// What each profile has used of its limit.
    pub rates: Arc<Rates>,
    /// The key of operators; without one there are no admin routes.
    pub admin_key: Option<Arc<str>>,
    /// Answers and counts that outlive a restart.
    pub store: Store,
    /// Callers whose key is no profile's.
    pub unknown_callers: Arc<UnknownCallers>,
    /// Where the digests of the audit log go.
    pub anchors: Arc<Anchors>,
    /// The pipeline of allowed requests.
    pub pipeline: Pipeline,
    /// Requests that are being worked on, their client there or not; the end of the service waits for them.
    pub requests: TaskTracker,
}

/// The reason why there is no state to start with.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The audit log cannot be opened for appending, or its chain is broken.
    #[error(
        "cannot append to the audit log {}: {error}; choose another one with --audit-log, or move this one \
         away and keep it",
        .path.display()
    )]
    AuditLog {
        /// The log.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The admin key is empty, or a client's.
    #[error(
        "the admin key must not be empty, and not the API key of a profile; set DEMO_ADMIN_KEY or --admin-key"
    )]
    AdminKey,
}

impl App {
    /// Makes the state of a service that goes by `rules` and appends to the audit log at `audit_log`.
    ///
    /// # Errors
    /// When the audit log cannot be opened for appending, its chain is broken, or the database cannot be read.
    pub fn new(
        rules: Rules,
        audit_log: (&Path, Policy),
        store: Store,
        executors: Executors,
        limits: Limits,
    ) -> Result<Self, StateError> {
        let (path, policy) = audit_log;
        let audit = AuditLog::open(path, policy).map_err(|error| StateError::AuditLog {
            path: path.to_owned(),
            error,
        })?;
        Ok(Self {
            rates: Arc::new(Rates::new(&rules, &store)?),
            rules: Arc::new(rules),
            admin_key: None,
            store,
            unknown_callers: Arc::default(),
            anchors: Arc::default(),
            pipeline: Pipeline {
                executors: Arc::new(executors),
                slots: Arc::new(Semaphore::new(limits.concurrent_actions)),
                audit: Arc::new(audit),
                limits,
            },
            requests: TaskTracker::new(),
        })
    }

    /// Adds admin routes, behind `admin_key`.
    ///
    /// # Errors
    /// When the key is empty, or a client's.
    pub fn with_admin_key(self, admin_key: &str) -> Result<Self, StateError> {
        if admin_key.is_empty() || self.rules.knows(admin_key) {
            return Err(StateError::AdminKey);
        }
        Ok(Self {
            admin_key: Some(admin_key.into()),
            ..self
        })
    }

    /// Appends the digests of the audit log to this file too.
    #[must_use]
    pub fn with_anchors(self, file: Option<PathBuf>) -> Self {
        Self {
            anchors: Arc::new(Anchors::to(file)),
            ..self
        }
    }

    /// Does what is done by interval: records what is only counted, drops an anchor, removes answers that have expired.
    pub async fn at_interval(&self) {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let audit = &app.pipeline.audit;
            if let Err(error) = app.unknown_callers.record(audit) {
                log::error!("the audit log cannot be written: {error}");
            }
            if let Err(error) = app.anchors.drop_one(audit) {
                log::error!("an anchor of the audit log cannot be written: {error}");
            }
            if let Err(error) = app.store.sweep_if_due() {
                log::error!("{error}");
            }
        });
        let _ = done.await;
    }

    /// Returns the limits of a request.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.pipeline.limits
    }
}
