//! The overhead budget (`OBSERVED_OVERHEAD_BUDGET`): the share of the process's CPU time that recording may take from
//! the program's threads.
//!
//! Spans are not timed one by one: what they take is their number times the cost of one, which the worker calibrates
//! now and then. Above the budget, fewer of the sampled traces are admitted; below it, more again.

use std::time::Duration;

/// Between two looks at the budget.
pub(crate) const PERIOD: Duration = Duration::from_secs(1);
/// The least share that is admitted, so that there is always something to learn from.
const LEAST: f64 = 1e-3;
/// The most by which the admitted share grows in one period, so that it does not swing.
const GROWTH: f64 = 2.0;

/// What was counted up to one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    /// CPU time of the process.
    pub(crate) cpu: Duration,
    /// Spans started.
    pub(crate) spans: u64,
}

/// Decides what share of the sampled traces to admit.
#[derive(Debug)]
pub(crate) struct Budget {
    /// The limit, as a share of the process's CPU time.
    limit: f64,
    last: Option<Reading>,
    admitted: f64,
}

impl Budget {
    /// A budget of so many percent.
    pub(crate) fn new(percent: f64) -> Self {
        Self {
            limit: percent / 100.0,
            last: None,
            admitted: 1.0,
        }
    }

    /// Looks at what was used since the last look, at `cost` for a span; returns the share of traces to admit from now on.
    pub(crate) fn look(&mut self, now: Reading, cost: Duration) -> f64 {
        if let Some(last) = self.last {
            let cpu = now.cpu.saturating_sub(last.cpu).as_secs_f64();
            let spans = now.spans.saturating_sub(last.spans) as f64;
            let used = spans * cost.as_secs_f64();
            // An idle process uses no CPU and records nothing: there is room.
            let room = if used > 0.0 {
                self.limit * cpu / used
            } else {
                f64::INFINITY
            };
            self.admitted = (self.admitted * room.min(GROWTH)).clamp(LEAST, 1.0);
        }
        self.last = Some(now);
        self.admitted
    }
}

/// The CPU time of this process so far; `None` where the system does not say.
///
/// Linux counts it in hundredths of a second (`USER_HZ`), fields 14 and 15 of `/proc/self/stat` (proc(5)).
pub(crate) fn process_cpu() -> Option<Duration> {
    const HUNDREDTH: u64 = 10;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and may hold anything, spaces too.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * HUNDREDTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COST: Duration = Duration::from_micros(1);

    /// A process of one busy second per period, which starts so many spans for each admitted percent of its traces.
    fn run(budget: &mut Budget, periods: u32, spans_if_all: f64) -> f64 {
        let mut now = budget.last.unwrap_or_default();
        let mut admitted = budget.look(now, COST);
        for _ in 0..periods {
            now.cpu += Duration::from_secs(1);
            #[expect(clippy::cast_sign_loss, reason = "shares are not negative")]
            let spans = (spans_if_all * admitted) as u64;
            now.spans += spans;
            admitted = budget.look(now, COST);
        }
        admitted
    }

    #[test]
    fn within_the_budget_everything_is_admitted() {
        assert!((run(&mut Budget::new(1.0), 10, 9_000.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn beyond_it_the_share_settles_where_the_budget_is_used_up() {
        // 100,000 spans of a microsecond are 10 % of a second: at 1 %, a tenth of them may be recorded.
        let admitted = run(&mut Budget::new(1.0), 10, 100_000.0);
        assert!((admitted - 0.1).abs() < 0.01, "{admitted}");
    }

    #[test]
    fn when_the_load_falls_everything_is_admitted_again() {
        let mut budget = Budget::new(1.0);
        assert!(run(&mut budget, 10, 1_000_000.0) < 0.02);
        assert!((run(&mut budget, 20, 100.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn an_idle_process_recovers_too_and_counters_that_go_back_do_no_harm() {
        let mut budget = Budget::new(1.0);
        run(&mut budget, 5, 1_000_000.0);
        let still = budget.last.unwrap();
        for _ in 0..20 {
            budget.look(still, COST);
        }
        assert!((budget.look(Reading::default(), COST) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn something_is_always_admitted() {
        assert!(run(&mut Budget::new(0.000_1), 50, 1e9) >= LEAST);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_cpu_time_of_this_process_grows_with_work() {
        let before = process_cpu().unwrap();
        let mut sum = 0_u64;
        while process_cpu().unwrap() == before {
            sum = std::hint::black_box(sum + 1);
        }
    }
}
