//! What the worker looks after once a second: the overhead budget, and whether the queue loses spans.

use std::time::{Duration, Instant};

use crate::logging;
use crate::pipeline::Pipeline;
use crate::pipeline::ledger::Count;
use crate::sampling::budget::{self, Budget, PERIOD, Reading};

use super::super::calibration;

/// The cost of a span is measured again so often.
const CALIBRATED_FOR: Duration = Duration::from_secs(5 * 60);

#[derive(Debug)]
pub(super) struct Housekeeping {
    last: Option<Instant>,
    budget: Option<Budget>,
    /// What a span costs its caller, and when that was measured.
    cost: Option<(Duration, Instant)>,
    /// How many spans the queue had refused, and whether it refused some in the last period.
    refused: u64,
    loses: bool,
}

impl Housekeeping {
    pub(super) fn new(percent: Option<f64>) -> Self {
        Self {
            last: None,
            budget: percent.map(Budget::new),
            cost: None,
            refused: 0,
            loses: false,
        }
    }

    /// When it must run next, even where there is nothing to export.
    pub(super) fn due(&self) -> Option<Instant> {
        let needed = self.budget.is_some() || self.loses;
        self.last
            .filter(|_| needed)
            .and_then(|last| last.checked_add(PERIOD))
    }

    /// Runs if a period has passed.
    pub(super) fn run(&mut self, pipeline: &Pipeline, now: Instant) {
        if self
            .last
            .is_some_and(|last| now.saturating_duration_since(last) < PERIOD)
        {
            return;
        }
        self.last = Some(now);
        let totals = pipeline.totals();
        self.note_losses(&pipeline.exporter, totals.of(Count::QueueFull));
        if let Some(cpu) = self.budget.as_ref().and_then(|_| budget::process_cpu()) {
            let cost = self.cost(now);
            let reading = Reading {
                cpu,
                spans: totals.of(Count::Started),
            };
            if let Some(budget) = &mut self.budget {
                let before = pipeline.admission.share();
                let share = budget.look(reading, cost);
                pipeline.admission.set(share);
                log_share(before, share);
            }
        }
    }

    fn cost(&mut self, now: Instant) -> Duration {
        match self.cost {
            Some((cost, at)) if now.saturating_duration_since(at) < CALIBRATED_FOR => cost,
            _ => {
                let cost = calibration::cost_of_a_span();
                self.cost = Some((cost, now));
                cost
            }
        }
    }

    fn note_losses(&mut self, exporter: &str, refused: u64) {
        let loses = refused > self.refused;
        self.refused = refused;
        if loses == self.loses {
            return;
        }
        self.loses = loses;
        if loses {
            logging::line!(
                warn,
                "tracing: spans are being lost: the queue to {exporter} is full; {refused} so far"
            );
        } else {
            logging::line!(
                info,
                "tracing: the queue to {exporter} takes all spans again"
            );
        }
    }
}

/// One line when the budget begins to bind, and one when it no longer does.
fn log_share(before: f64, now: f64) {
    if before >= 1.0 && now < 1.0 {
        logging::line!(
            warn,
            "tracing: the overhead budget is used up: fewer traces are recorded"
        );
    } else if before < 1.0 && now >= 1.0 {
        logging::line!(
            info,
            "tracing: the overhead budget has room again: all sampled traces are recorded"
        );
    }
}
