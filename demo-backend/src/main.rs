//! The command line: serve, show a tour, or verify an audit log.

mod arguments;
mod failure;
mod logger;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use arguments::{Arguments, AuditCommand, Command};
use clap::Parser;
use demo_backend::audit::Anchor;
use demo_backend::executors::llm::{Llm, server as completions};
use demo_backend::executors::remote::Remote;
use demo_backend::executors::{Executors, outgoing};
use demo_backend::limits::Limits;
use demo_backend::rules::Rules;
use demo_backend::state::App;
use demo_backend::store::Store;
#[cfg(feature = "tracing")]
use demo_backend::tour::{self, TourError};
use demo_backend::{audit, server};
use failure::Failure;
use observed_runtime::init_tracing;

/// The exit code when the service could not start or end cleanly, or a log is not whole.
const EXIT_FAILURE: u8 = 1;

/// The longest time in which spans leave at the end of the program.
const FLUSH_DEADLINE: Duration = Duration::from_secs(2);

/// The longest time of a thread that still works at the end of the program; it may wait for a disk that never answers.
const THREADS_DEADLINE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The tour's own requests are no news.
    let level = if arguments.command.is_some() {
        "warn"
    } else {
        "info"
    };
    logger::init(level);
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever does not read on has seen enough.
        #[cfg(feature = "tracing")]
        Err(Failure::Tour(TourError::NobodyReads)) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "demo-backend: {failure}");
            ExitCode::from(EXIT_FAILURE)
        }
    }
}

/// Runs the command. Not by `tokio::main`, which waits at the end for every thread, however long.
fn run(arguments: &Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let done = match &arguments.command {
        #[cfg(feature = "tracing")]
        Some(Command::Tour(options)) => runtime.block_on(tour::run(options)).map_err(Failure::from),
        Some(Command::Audit(AuditCommand::Verify { log, anchor })) => verify(log, anchor),
        None => runtime.block_on(serve(arguments)),
    };
    runtime.shutdown_timeout(THREADS_DEADLINE);
    done
}

async fn serve(arguments: &Arguments) -> Result<(), Failure> {
    let app = app(arguments).await?;
    let listener = server::bind(arguments.listen).await?;
    let tracing = init_tracing("techno-os-backend");
    let served = server::serve(listener, app, server::stop_signal()).await;
    tracing.shutdown(FLUSH_DEADLINE);
    Ok(served?)
}

/// Makes the state of the service that the arguments describe.
async fn app(arguments: &Arguments) -> Result<App, Failure> {
    let rules = match &arguments.rules {
        Some(path) => Rules::read(path)?,
        None if arguments.api_key.is_empty() => {
            return Err(Failure::NoApiKey);
        }
        None => Rules::everything(&arguments.api_key),
    };
    let client = outgoing::client()?;
    let completions = match &arguments.llm_url {
        Some(url) => url.clone(),
        None => completions::start().await?,
    };
    let llm = Llm::at(&completions, &arguments.llm_key, client.clone());
    let remote = Remote::at(
        arguments.remote_url.as_deref(),
        &arguments.remote_key,
        client,
    );
    let store = match &arguments.database {
        Some(path) => Store::open(path)?,
        None => Store::in_memory()?,
    };
    let store = store.expiring_after(Duration::from_secs(arguments.idempotency_expiry_s))?;
    let limits = Limits {
        action_timeout: Duration::from_millis(arguments.action_timeout_ms),
        request_timeout: Duration::from_millis(arguments.request_timeout_ms),
        header_timeout: Duration::from_millis(arguments.header_timeout_ms),
        audit_interval: Duration::from_millis(arguments.audit_interval_ms),
        ..Limits::default()
    };
    if limits.request_timeout <= limits.action_timeout {
        return Err(Failure::Timeouts);
    }
    let policy = audit::Policy {
        fsync: arguments.audit_fsync,
        file_bytes: arguments.audit_file_bytes,
    };
    let log = (arguments.audit_log.as_path(), policy);
    let app = App::new(rules, log, store, Executors::all(llm, remote), limits)?
        .with_anchors(arguments.audit_anchors.clone());
    match &arguments.admin_key {
        Some(admin_key) => Ok(app.with_admin_key(admin_key)?),
        None => Ok(app),
    }
}

fn verify(log: &Path, anchors: &[Anchor]) -> Result<(), Failure> {
    let whole = audit::verify(log, anchors)?;
    let unchecked = match whole.unchecked {
        0 => String::new(),
        bytes => format!("{bytes} bytes after the last whole line were not checked\n"),
    };
    let anchored = match anchors.len() {
        0 => "without --anchor, a log that was changed and chained anew looks whole".to_owned(),
        count => format!("it has the digests of {count} anchor(s)"),
    };
    // Whoever does not read on has read enough.
    let _ = writeln!(
        std::io::stdout(),
        "{}: lines {} to {} in {} file(s), each follows from the one before; the last has the digest {}\n{unchecked}{anchored}",
        log.display(),
        whole.first,
        whole.last,
        whole.files,
        whole.digest
    );
    Ok(())
}
