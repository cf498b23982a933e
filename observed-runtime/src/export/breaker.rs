//! The circuit breaker (R14): when export after export fails, recording stops, so that callers do not work for nothing;
//! after a pause it goes on to see whether exports succeed again.

use std::time::{Duration, Instant};

/// So many failed exports in a row stop recording.
const FAILURES: u32 = 5;
/// The first pause; every probe that fails doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Counts failures in a row and says when to record.
#[derive(Debug)]
pub(crate) enum Breaker {
    /// Recording; so many exports in a row have failed.
    Closed(u32),
    /// Not recording until then.
    Open { until: Instant, pause: Duration },
    /// Recording again; the next export decides.
    Probing { pause: Duration },
}

impl Breaker {
    pub(crate) const fn new() -> Self {
        Breaker::Closed(0)
    }

    /// Notes how an export ended.
    pub(crate) fn note(&mut self, succeeded: bool, now: Instant) {
        let open = |pause| Breaker::Open {
            until: now + pause,
            pause,
        };
        *self = match (&*self, succeeded) {
            (_, true) => Breaker::Closed(0),
            (Breaker::Closed(failures), false) if failures + 1 < FAILURES => {
                Breaker::Closed(failures + 1)
            }
            (Breaker::Closed(_), false) => open(FIRST_PAUSE),
            (Breaker::Probing { pause }, false) => open((*pause * 2).min(LONGEST_PAUSE)),
            // What was under way when the pause began says nothing new.
            (Breaker::Open { until, pause }, false) => Breaker::Open {
                until: *until,
                pause: *pause,
            },
        };
    }

    /// Begins to probe when the pause is over.
    pub(crate) fn tick(&mut self, now: Instant) {
        if let Breaker::Open { until, pause } = *self
            && now >= until
        {
            *self = Breaker::Probing { pause };
        }
    }

    /// True while nothing is to be recorded.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Breaker::Open { .. })
    }

    /// When the pause is over, if there is one.
    pub(crate) fn until(&self) -> Option<Instant> {
        match self {
            Breaker::Open { until, .. } => Some(*until),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(breaker: &mut Breaker, times: u32, now: Instant) {
        (0..times).for_each(|_| breaker.note(false, now));
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_success_begins_anew() {
        let (mut breaker, now) = (Breaker::new(), Instant::now());
        failed(&mut breaker, FAILURES - 1, now);
        breaker.note(true, now);
        failed(&mut breaker, FAILURES - 1, now);
        assert!(!breaker.is_open());
        failed(&mut breaker, 1, now);
        assert!(breaker.is_open());
    }

    #[test]
    fn after_a_pause_it_probes_and_a_success_closes_it() {
        let (mut breaker, now) = (Breaker::new(), Instant::now());
        failed(&mut breaker, FAILURES, now);
        breaker.tick(now + FIRST_PAUSE / 2);
        assert!(breaker.is_open());
        breaker.tick(now + FIRST_PAUSE);
        assert!(!breaker.is_open());
        breaker.note(true, now + FIRST_PAUSE);
        failed(&mut breaker, FAILURES - 1, now);
        assert!(!breaker.is_open());
    }

    #[test]
    fn a_probe_that_fails_doubles_the_pause_up_to_the_longest() {
        let (mut breaker, mut now) = (Breaker::new(), Instant::now());
        failed(&mut breaker, FAILURES, now);
        let mut pauses = Vec::new();
        for _ in 0..8 {
            let until = breaker.until().unwrap();
            pauses.push((until - now).as_secs());
            now = until;
            breaker.tick(now);
            failed(&mut breaker, 1, now);
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn what_was_under_way_does_not_prolong_the_pause() {
        let (mut breaker, now) = (Breaker::new(), Instant::now());
        failed(&mut breaker, FAILURES, now);
        let until = breaker.until();
        failed(&mut breaker, 3, now + FIRST_PAUSE / 2);
        assert_eq!(breaker.until(), until);
    }
}
