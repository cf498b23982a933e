//! The two services of the tour: the one that is asked, and the one that it forwards to.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::error::TourError;
use super::script::API_KEY;
use crate::audit::Policy;
use crate::executors::llm::{Llm, server as completions};
use crate::executors::remote::Remote;
use crate::executors::{Executors, outgoing};
use crate::limits::Limits;
use crate::rules::Rules;
use crate::server::{self, StillRunning};
use crate::state::App;
use crate::store::Store;

/// Both services, running.
#[derive(Debug)]
pub(super) struct Services {
    /// The address of the first one.
    pub(super) address: SocketAddr,
    running: Vec<Running>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    service: JoinHandle<Result<(), StillRunning>>,
    audit_log: PathBuf,
}

impl Services {
    pub(super) async fn start() -> Result<Self, TourError> {
        let completions = completions::start().await?;
        let (behind, second) = start(&completions, None).await?;
        let url = format!("http://{behind}");
        let (address, first) = start(&completions, Some(&url)).await?;
        Ok(Self {
            address,
            running: vec![first, second],
        })
    }

    /// Lets requests in flight finish.
    pub(super) async fn stop(self) -> Result<(), TourError> {
        for running in self.running {
            let _ = running.stop.send(());
            let ended = running.service.await;
            let _ = std::fs::remove_file(&running.audit_log);
            ended??;
        }
        Ok(())
    }
}

async fn start(
    completions: &str,
    remote: Option<&str>,
) -> Result<(SocketAddr, Running), TourError> {
    let listener = server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let address = local(&listener)?;
    let audit_log = temporary_audit_log(address.port());
    let app = app(&audit_log, completions, remote)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let service = tokio::spawn(server::serve(listener, app, async {
        let _ = stopped.await;
    }));
    let running = Running {
        stop,
        service,
        audit_log,
    };
    Ok((address, running))
}

fn app(audit_log: &Path, completions: &str, remote: Option<&str>) -> Result<App, TourError> {
    let client = outgoing::client()?;
    let llm = Llm::at(completions, "embedded", client.clone());
    let executors = Executors::all(llm, Remote::at(remote, API_KEY, client));
    let limits = Limits {
        action_timeout: Duration::from_millis(200),
        ..Limits::default()
    };
    let (rules, store) = (Rules::everything(API_KEY), Store::in_memory()?);
    let log = (audit_log, Policy::default());
    Ok(App::new(rules, log, store, executors, limits)?)
}

fn local(listener: &TcpListener) -> Result<SocketAddr, TourError> {
    listener.local_addr().map_err(TourError::NoAddress)
}

fn temporary_audit_log(port: u16) -> PathBuf {
    std::env::temp_dir().join(format!(
        "demo-backend-tour-{}-{port}.jsonl",
        std::process::id()
    ))
}
