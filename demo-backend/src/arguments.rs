//! What can be said on the command line and in the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use demo_backend::audit::{Anchor, Fsync, Policy};
#[cfg(feature = "tracing")]
use demo_backend::tour::Options;

/// A small service, traced by hand.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// The address to listen on.
    #[arg(long, env = "DEMO_LISTEN", default_value = "127.0.0.1:8000")]
    pub(crate) listen: SocketAddr,

    /// The key that clients send as X-API-KEY where there is no rules file; it may do everything.
    #[arg(
        long,
        env = "DEMO_API_KEY",
        default_value = "demo-key",
        hide_env_values = true
    )]
    pub(crate) api_key: String,

    /// Who may do what, in TOML; see demo-backend/rules.example.toml.
    #[arg(long, env = "DEMO_RULES")]
    pub(crate) rules: Option<PathBuf>,

    /// The key that operators send as X-ADMIN-KEY to /admin/tracing and /metrics; without one these paths do not exist.
    #[arg(long, env = "DEMO_ADMIN_KEY", hide_env_values = true)]
    pub(crate) admin_key: Option<String>,

    /// The audit log, appended to.
    #[arg(long, env = "DEMO_AUDIT_LOG", default_value = "audit.jsonl")]
    pub(crate) audit_log: PathBuf,

    /// Whether a line of the audit log is on the disk before its request is answered.
    #[arg(long, env = "DEMO_AUDIT_FSYNC", value_enum, default_value_t = Fsync::Never)]
    pub(crate) audit_fsync: Fsync,

    /// Bytes of one file of the audit log; above them, and each day, another one is begun.
    #[arg(long, env = "DEMO_AUDIT_FILE_BYTES", default_value_t = Policy::default().file_bytes, value_parser = clap::value_parser!(u64).range(4_096..))]
    pub(crate) audit_file_bytes: u64,

    /// A file to which the digests of the audit log go, beside this program's own log; keep it, or a copy of it, where
    /// nobody who can write the audit log can write.
    #[arg(long, env = "DEMO_AUDIT_ANCHORS")]
    pub(crate) audit_anchors: Option<PathBuf>,

    /// The interval at which the audit log gets what is only counted, and its digest is printed, in milliseconds.
    #[arg(long, env = "DEMO_AUDIT_INTERVAL_MS", default_value_t = 60_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) audit_interval_ms: u64,

    /// The database of answers and counts; without one they end with the process.
    #[arg(long, env = "DEMO_DATABASE")]
    pub(crate) database: Option<PathBuf>,

    /// How long an answer is given again to its Idempotency-Key, in seconds.
    #[arg(long, env = "DEMO_IDEMPOTENCY_EXPIRY_S", default_value_t = 86_400, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) idempotency_expiry_s: u64,

    /// How long an action may run, in milliseconds.
    #[arg(long, env = "DEMO_ACTION_TIMEOUT_MS", default_value_t = 2_000)]
    pub(crate) action_timeout_ms: u64,

    /// How long a request may take in all, in milliseconds.
    #[arg(long, env = "DEMO_REQUEST_TIMEOUT_MS", default_value_t = 8_000)]
    pub(crate) request_timeout_ms: u64,

    /// How long a client may take to send its headers, in milliseconds.
    #[arg(long, env = "DEMO_HEADER_TIMEOUT_MS", default_value_t = 5_000)]
    pub(crate) header_timeout_ms: u64,

    /// A completion service that speaks the chat-completions protocol; without one the demo starts its own.
    #[arg(long, env = "LLM_BASE_URL")]
    pub(crate) llm_url: Option<String>,

    /// The key of the completion service.
    #[arg(
        long,
        env = "LLM_API_KEY",
        default_value = "embedded",
        hide_env_values = true
    )]
    pub(crate) llm_key: String,

    /// Another service of this kind, for the action `forward`.
    #[arg(long, env = "DEMO_REMOTE_URL")]
    pub(crate) remote_url: Option<String>,

    /// The key of the other service.
    #[arg(
        long,
        env = "DEMO_REMOTE_KEY",
        default_value = "demo-key",
        hide_env_values = true
    )]
    pub(crate) remote_key: String,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start the service on a free port, send it scripted requests, and show each answer with its trace.
    #[cfg(feature = "tracing")]
    Tour(Options),
    /// Look at an audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Check that every line follows from the one before, in the files before it too. Lines that are missing at the end, a
    /// change of the last one, and a log that was chained anew can be seen by an anchor only.
    Verify {
        /// The log.
        log: PathBuf,
        /// A line and its digest, as the service has printed them; may be given more than once.
        #[arg(long, value_name = "LINE:DIGEST")]
        anchor: Vec<Anchor>,
    },
}
