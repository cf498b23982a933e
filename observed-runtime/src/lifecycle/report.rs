//! What the program's tracing says of itself: its status, and the line at its start.

use super::program::{Program, Stage, lock};
use crate::export::failure::Failure;
use crate::logging;
use crate::pipeline::ledger::{Count, Totals};
use crate::status::{Accounting, Budget, State, Status, WorkerState};

impl Program {
    pub(super) fn status(&self) -> Status {
        let mut warnings = self.warnings().to_vec();
        let (mut withheld, mut left_out) = (Vec::new(), Vec::new());
        let mut worker = WorkerState::NotRunning;
        let (mut admitted, mut oldest_open) = (1.0, None);
        let (state, totals, last_failure) = match &*lock(&self.stage) {
            Stage::Ready(_) | Stage::Starting => (State::Disabled, Totals::default(), None),
            Stage::Failed(reason) => (
                State::Failed {
                    reason: reason.clone(),
                },
                Totals::default(),
                None,
            ),
            Stage::Ended(None) => (State::Ended, Totals::default(), None),
            Stage::Ended(Some(ended)) => (
                State::Ended,
                ended.pipeline.totals(),
                ended.control.last_failure(),
            ),
            Stage::Running(running) => {
                withheld = running.control.findings.withheld();
                left_out = running.control.findings.left_out();
                warnings.extend(running.pipeline.scopes.told());
                admitted = running.pipeline.admission.share();
                oldest_open = running.pipeline.oldest_open();
                worker = running.control.worker_state(running.pipeline.is_paused());
                let enabled = running.pipeline.is_enabled();
                let state = if enabled {
                    State::Enabled
                } else {
                    State::Disabled
                };
                (
                    state,
                    running.pipeline.totals(),
                    running.control.last_failure(),
                )
            }
        };
        Status {
            state,
            service_name: self.service_name.clone(),
            exporter: self.exporter.clone(),
            sampling_rate: self
                .settings
                .as_ref()
                .map_or(0.0, |settings| settings.sampler.ratio()),
            effective_sampling_rate: effective_rate(&totals),
            budget: self.budget(admitted),
            oldest_open,
            spans: Accounting::from_totals(&totals),
            last_export_error: last_failure.map(|failure| failure.class.as_str()),
            last_export_status: last_failure.and_then(|failure: Failure| failure.status),
            worker,
            withheld,
            left_out,
            warnings,
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
                "tracing: initialised: {} to {}, sampling rate {}",
                status.service_name,
                status.exporter,
                status.sampling_rate
            ),
            _ if self.is_sdk_disabled() => {
                logging::line!(info, "tracing: disabled by OTEL_SDK_DISABLED");
            }
            _ => logging::line!(info, "tracing: disabled: TRACING_ENABLED=1 switches it on"),
        }
    }
}

/// The share of the decisions that were taken here and ended in recording.
fn effective_rate(totals: &Totals) -> Option<f64> {
    let sampled = totals.of(Count::Sampled);
    let not = [Count::Unsampled, Count::OverBudget, Count::Paused];
    let all = sampled + not.into_iter().map(|count| totals.of(count)).sum::<u64>();
    (all > 0).then(|| sampled as f64 / all as f64)
}
