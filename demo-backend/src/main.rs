//! The command line: serve, or show a tour.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use demo_backend::app::{App, Limits};
use demo_backend::{server, tour};
use observed_runtime::init_tracing;

/// The service could not start or could not end cleanly.
const EXIT_FAILURE: u8 = 1;

/// How long spans may take to leave at the end of the program.
const FLUSH_DEADLINE: Duration = Duration::from_secs(2);

/// A small service, traced by hand.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on.
    #[arg(long, env = "DEMO_LISTEN", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,

    /// The key that clients send as X-API-KEY.
    #[arg(
        long,
        env = "DEMO_API_KEY",
        default_value = "demo-key",
        hide_env_values = true
    )]
    api_key: String,

    /// The key that operators send as X-ADMIN-KEY to /admin/tracing; without one that path does not exist.
    #[arg(long, env = "DEMO_ADMIN_KEY", hide_env_values = true)]
    admin_key: Option<String>,

    /// The audit log, appended to.
    #[arg(long, env = "DEMO_AUDIT_LOG", default_value = "audit.jsonl")]
    audit_log: PathBuf,

    /// How long an action may run, in milliseconds.
    #[arg(long, env = "DEMO_ACTION_TIMEOUT_MS", default_value_t = 2_000)]
    action_timeout_ms: u64,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Start the service on a free port, send it scripted requests, and print each answer with its trace.
    Tour,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("info")).init();
    let done = match arguments.command {
        Some(Command::Tour) => tour::run().await,
        None => serve(arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("demo-backend: {message}");
            ExitCode::from(EXIT_FAILURE)
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    let limits = Limits {
        action_timeout: Duration::from_millis(arguments.action_timeout_ms),
        ..Limits::default()
    };
    let app = App::new(&arguments.api_key, &arguments.audit_log, limits)?;
    let app = match &arguments.admin_key {
        Some(admin_key) => app.with_admin_key(admin_key)?,
        None => app,
    };
    let listener = server::bind(arguments.listen).await?;
    let tracing = init_tracing("techno-os-backend");
    let served = server::serve(listener, app, server::stop_signal()).await;
    tracing.shutdown(FLUSH_DEADLINE);
    served
}
