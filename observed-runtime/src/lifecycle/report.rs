//! What the program's tracing says of itself: its status, and the line at its start.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::exporters::exporter_running;
use super::program::{Program, Running, Stage, lock};
use crate::config::{Mode, Settings};
use crate::export::failure::Failure;
use crate::logging;
use crate::pipeline::Unsent;
use crate::pipeline::ledger::{Count, Totals};
use crate::status::{
    Accounting, Budget, Firewall, LeftOut, Lock, State, Status, Unreviewed, Withheld, WorkerState,
};

/// What depends on how far the program has come.
struct Seen {
    state: State,
    totals: Totals,
    unsent: Unsent,
    queue_capacity: u64,
    last_failure: Option<Failure>,
    lost: BTreeMap<&'static str, u64>,
    withheld: Vec<Withheld>,
    left_out: Vec<LeftOut>,
    unreviewed: Vec<Unreviewed>,
    worker: WorkerState,
    admitted: f64,
    oldest_open: Option<Duration>,
    told: Vec<String>,
    page: Option<SocketAddr>,
}

impl Seen {
    fn only(state: State) -> Self {
        Self {
            state,
            totals: Totals::default(),
            unsent: Unsent::default(),
            queue_capacity: 0,
            last_failure: None,
            lost: BTreeMap::new(),
            withheld: Vec::new(),
            left_out: Vec::new(),
            unreviewed: Vec::new(),
            worker: WorkerState::NotRunning,
            admitted: 1.0,
            oldest_open: None,
            told: Vec::new(),
            page: None,
        }
    }

    fn of(state: State, running: &Running) -> Self {
        Self {
            totals: running.pipeline.totals(),
            unsent: running.pipeline.unsent(),
            queue_capacity: running.pipeline.queue.max_spans() as u64,
            last_failure: running.control.last_failure(),
            lost: running.control.lost(),
            withheld: running.control.findings.withheld(),
            left_out: running.control.findings.left_out(),
            unreviewed: running.control.findings.unreviewed(),
            ..Self::only(state)
        }
    }

    fn while_it_runs(running: &Running) -> Self {
        let state = if running.pipeline.is_enabled() {
            State::Enabled
        } else {
            State::Disabled
        };
        Self {
            worker: running.control.worker_state(running.pipeline.is_paused()),
            admitted: running.pipeline.admission.share(),
            oldest_open: running.pipeline.oldest_open(),
            told: running.pipeline.scopes.told(),
            page: running.control.page(),
            ..Self::of(state, running)
        }
    }
}

impl Program {
    pub(super) fn status(&self) -> Status {
        let seen = match &*lock(&self.stage) {
            Stage::Ready(_) | Stage::Starting => Seen::only(State::Disabled),
            Stage::Failed(reason) => Seen::only(State::Failed {
                reason: reason.clone(),
            }),
            Stage::Ended(None) => Seen::only(State::Ended),
            Stage::Ended(Some(ended)) => Seen::of(State::Ended, ended),
            Stage::Running(running) => Seen::while_it_runs(running),
        };
        let ratio = |settings: &Settings| settings.sampler.ratio();
        Status {
            state: seen.state,
            service_name: self.service_name.clone(),
            exporter: self.exporter(seen.page),
            exporter_type: self.exporter_type,
            sampling_rate: self.settings.as_ref().map_or(0.0, ratio),
            effective_sampling_rate: effective_rate(&seen.totals),
            budget: self.budget(seen.admitted),
            oldest_open: seen.oldest_open,
            queue_capacity: seen.queue_capacity,
            spans: Accounting::from_totals(&seen.totals, seen.unsent),
            last_export_error: seen.last_failure.map(|failure| failure.class.as_str()),
            last_export_status: seen.last_failure.and_then(|failure| failure.status),
            export_failures: seen.lost,
            worker: seen.worker,
            firewall: self.firewall(),
            withheld: seen.withheld,
            lock: self.lock(),
            unreviewed: seen.unreviewed,
            left_out: seen.left_out,
            warnings: [self.warnings().to_vec(), seen.told].concat(),
        }
    }

    fn exporter(&self, page: Option<SocketAddr>) -> String {
        match &self.settings {
            Ok(settings) => exporter_running(&self.exporter, settings, page),
            Err(_) => self.exporter.clone(),
        }
    }

    fn firewall(&self) -> Firewall {
        let privacy = self.settings.as_ref().map(|settings| &settings.privacy);
        let allowed = privacy.ok().and_then(|privacy| privacy.allowed.clone());
        Firewall {
            mode: privacy.map_or("drop", |privacy| privacy.on_hit.as_str()),
            allowed: allowed.map(|keys| keys.into_iter().collect()),
            dictionary: observed_syntax::DICTIONARY_VERSION,
        }
    }

    fn lock(&self) -> Lock {
        let locked = self.settings.as_ref().map(|settings| &settings.lock);
        Lock {
            mode: locked.map_or(Mode::Off, |locked| locked.mode).as_str(),
            digest: locked.ok().and_then(|locked| locked.digest.clone()),
        }
    }

    fn budget(&self, admitted: f64) -> Option<Budget> {
        let percent = self.settings.as_ref().ok()?.budget?;
        Some(Budget { percent, admitted })
    }

    /// What of the settings is ignored, also where the rest of them cannot be used.
    fn warnings(&self) -> &[String] {
        match &self.settings {
            Ok(settings) => &settings.warnings,
            Err(refused) => &refused.warnings,
        }
    }

    /// The one line at the start, and one for each setting that is ignored.
    pub(super) fn log_start(&self) {
        let status = self.status();
        for warning in self.warnings() {
            logging::line!(warn, "tracing: {warning}");
        }
        match status.state {
            State::Failed { reason } => logging::line!(warn, "tracing: off: {reason}"),
            State::Enabled => logging::line!(
                info,
                "tracing: initialised: {} to {}, sampling rate {}, {}{}",
                status.service_name,
                status.exporter,
                status.sampling_rate,
                shown(&status.firewall),
                lock_shown(&status.lock)
            ),
            _ if self.is_sdk_disabled() => {
                logging::line!(info, "tracing: disabled by OTEL_SDK_DISABLED");
            }
            _ => logging::line!(info, "tracing: disabled: TRACING_ENABLED=1 switches it on"),
        }
    }
}

/// `firewall drop (2026-11-27), 3 keys allowed`
fn shown(firewall: &Firewall) -> String {
    let Firewall {
        mode, dictionary, ..
    } = firewall;
    let allowed = firewall.allowed.as_ref().map(Vec::len);
    let allowed = allowed.map(|keys| format!(", {keys} keys allowed"));
    format!(
        "firewall {mode} ({dictionary}){}",
        allowed.unwrap_or_default()
    )
}

/// `, lock enforce (0123456789abcdef)`; nothing where there is no lock.
fn lock_shown(lock: &Lock) -> String {
    let digest = lock.digest.as_ref();
    let shown = digest.map(|digest| format!(", lock {} ({digest})", lock.mode));
    shown.unwrap_or_default()
}

/// The share of the decisions that were taken here and ended in recording.
fn effective_rate(totals: &Totals) -> Option<f64> {
    let sampled = totals.of(Count::Sampled);
    let not = [Count::Unsampled, Count::OverBudget, Count::Paused];
    let all = sampled + not.into_iter().map(|count| totals.of(count)).sum::<u64>();
    (all > 0).then(|| sampled as f64 / all as f64)
}
