//! From ticks to nanoseconds: by moments that were read on all clocks, with straight lines between them.
//!
//! Nothing is calibrated beforehand. A tick is converted after it was read, so it always lies between two such moments,
//! and is as right as they are: some tens of nanoseconds, over hours too.

/// Beyond so many moments old ones are forgotten.
const MOST: usize = 4_096;
/// What is forgotten leaves gaps of less than this part of their age: then some 2,500 moments last for a month.
const PART: u64 = 128;
/// So many of the last moments are looked at one by one.
const RECENT: usize = 6;
/// What the wall clock and the monotonic one may come apart before that is a step: the time between two readings.
const STEP: u128 = 1_000_000;

/// One moment on all clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) ticks: u64,
    /// Nanoseconds of the monotonic clock.
    pub(super) monotonic: u64,
    /// Nanoseconds since 1970.
    pub(super) wall: u128,
}

/// The moments, in the order of their ticks.
#[derive(Debug)]
pub(super) struct Timeline(Vec<Anchor>);

impl Timeline {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// True when `ticks` are not later than the last moment.
    pub(super) fn reaches(&self, ticks: u64) -> bool {
        self.0.last().is_some_and(|last| ticks <= last.ticks)
    }

    /// Adds a moment.
    pub(super) fn note(&mut self, mut anchor: Anchor) {
        if let Some(last) = self.0.last() {
            if anchor.ticks < last.ticks {
                // The counter began anew, as after a suspension: what was read before says nothing of what comes.
                self.0.clear();
            } else if anchor.ticks == last.ticks || anchor.monotonic < last.monotonic {
                return;
            } else {
                // The two clocks are not read at the same time; only a step is worth following.
                let expected = last.wall + u128::from(anchor.monotonic - last.monotonic);
                if anchor.wall.abs_diff(expected) < STEP {
                    anchor.wall = expected;
                }
            }
        }
        self.0.push(anchor);
        if self.0.len() > MOST {
            self.thin_out();
        }
    }

    /// Forgets moments that others stand close to, for their age; the first and the last one stay.
    fn thin_out(&mut self) {
        let Some(newest) = self.0.last().map(|last| last.monotonic) else {
            return;
        };
        let mut chosen: Vec<Anchor> = Vec::with_capacity(MOST);
        let mut moments = self.0.iter().rev().peekable();
        while let Some(moment) = moments.next() {
            let is_first = moments.peek().is_none();
            let gap = chosen
                .last()
                .map(|later| later.monotonic - moment.monotonic);
            let allowed = (newest - moment.monotonic) / PART;
            if is_first || gap.is_none_or(|gap| gap >= allowed) {
                chosen.push(*moment);
            }
        }
        chosen.reverse();
        self.0 = chosen;
    }

    /// The moment before `ticks`, and the one after it.
    fn around(&self, ticks: u64) -> Option<(&Anchor, &Anchor)> {
        // Most spans have just ended: between the last few moments, one for each batch that was converted.
        let recent = self.0.len().saturating_sub(RECENT);
        let after = match self.0.get(recent) {
            Some(first) if first.ticks < ticks => {
                let later = self.0[recent..].iter();
                recent + later.take_while(|anchor| anchor.ticks < ticks).count()
            }
            _ => self.0.partition_point(|anchor| anchor.ticks < ticks),
        };
        let after = after.clamp(1.min(self.0.len()), self.0.len().saturating_sub(1));
        let before = after.checked_sub(1).unwrap_or(after);
        Some((self.0.get(before)?, self.0.get(after)?))
    }

    /// The line that `ticks` lie on: before the first moment and after the last one, the nearest.
    pub(super) fn line(&self, ticks: u64) -> Line {
        let Some((before, after)) = self.around(ticks) else {
            return Line::default();
        };
        // Floating point is exact enough: between two moments there are less than 2^53 nanoseconds.
        let run = after.ticks.saturating_sub(before.ticks) as f64;
        let rise = after.monotonic.saturating_sub(before.monotonic) as f64;
        Line {
            before: *before,
            to: after.ticks,
            offset: before.wall.saturating_sub(u128::from(before.monotonic)),
            rate: if run > 0.0 { rise / run } else { 0.0 },
        }
    }

    /// Nanoseconds of the monotonic clock at `ticks`, and nanoseconds since 1970 by the wall clock as it stood then.
    #[cfg(test)]
    fn at(&self, ticks: u64) -> (u64, u128) {
        self.line(ticks).at(ticks)
    }

    /// Nanoseconds of the monotonic clock at `ticks`.
    pub(super) fn monotonic(&self, ticks: u64) -> u64 {
        self.line(ticks).at(ticks).0
    }
}

/// The line between two moments.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    before: Anchor,
    /// The ticks of the moment at its end.
    #[cfg_attr(
        not(any(test, feature = "otlp", feature = "testing")),
        allow(dead_code, reason = "for who converts many")
    )]
    to: u64,
    /// Nanoseconds of a tick.
    rate: f64,
    /// How far the wall clock is ahead.
    offset: u128,
}

impl Line {
    /// True where this is the line of `ticks`, and no other is.
    #[cfg(any(test, feature = "otlp", feature = "testing"))]
    pub(super) fn has(&self, ticks: u64) -> bool {
        self.before.ticks < ticks && ticks <= self.to
    }

    /// Nanoseconds of the monotonic clock at `ticks`, and nanoseconds since 1970 by the wall clock as it stood then.
    #[inline]
    pub(super) fn at(&self, ticks: u64) -> (u64, u128) {
        let before = &self.before;
        let monotonic = if ticks >= before.ticks {
            before.monotonic + rounded((ticks - before.ticks) as f64 * self.rate)
        } else {
            let earlier = rounded((before.ticks - ticks) as f64 * self.rate);
            before.monotonic.saturating_sub(earlier)
        };
        (monotonic, self.offset + u128::from(monotonic))
    }
}

#[expect(
    clippy::cast_sign_loss,
    reason = "neither a distance nor a rate is negative"
)]
fn rounded(nanoseconds: f64) -> u64 {
    nanoseconds as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;
    const EPOCH: u128 = 1_700_000_000_000_000_000;

    /// A counter of 2.6 GHz.
    fn ticks(nanoseconds: u64) -> u64 {
        (u128::from(nanoseconds) * 26 / 10) as u64
    }

    fn at(nanoseconds: u64) -> Anchor {
        Anchor {
            ticks: ticks(nanoseconds),
            monotonic: nanoseconds,
            wall: EPOCH + u128::from(nanoseconds),
        }
    }

    #[test]
    fn ticks_become_the_time_at_which_they_were_read() {
        let mut timeline = Timeline::new();
        timeline.note(at(0));
        timeline.note(at(SECOND));
        for nanoseconds in [0, 1, 1_000, SECOND / 3, SECOND] {
            let found = timeline.monotonic(ticks(nanoseconds));
            assert!(found.abs_diff(nanoseconds) <= 1, "{nanoseconds}: {found}");
            let wall = timeline.at(ticks(nanoseconds)).1;
            assert!(wall.abs_diff(EPOCH + u128::from(nanoseconds)) <= 1);
        }
        assert!(timeline.reaches(ticks(SECOND)) && !timeline.reaches(ticks(SECOND) + 1));
    }

    #[test]
    fn a_rate_that_changes_over_hours_is_followed_to_the_microsecond() {
        let mut timeline = Timeline::new();
        // The monotonic clock is slewed by up to 100 ppm against the counter, a moment every five seconds for ten hours.
        let slewed = |ticks: u64| {
            let seconds = ticks as f64 / 2.6e9;
            seconds + 1e-4 * (seconds / 3_600.0).sin() * 3_600.0
        };
        let anchor = |seconds: u64| {
            let ticks = ticks(seconds * SECOND);
            #[expect(clippy::cast_sign_loss, reason = "time is not negative")]
            let monotonic = (slewed(ticks) * 1e9) as u64;
            Anchor {
                ticks,
                monotonic,
                wall: EPOCH + u128::from(monotonic),
            }
        };
        for five in 0..=7_200 {
            timeline.note(anchor(five * 5));
        }
        // What was read hours ago, for a span that was open so long, is right to some ten microseconds.
        let readings = [
            (35_999, 1_000),
            (35_003, 1_000),
            (30_003, 10_000),
            (20_001, 100_000),
        ];
        for (seconds, tolerance) in readings {
            let expected = anchor(seconds).monotonic;
            let found = timeline.monotonic(ticks(seconds * SECOND));
            let error = found.abs_diff(expected);
            assert!(error < tolerance, "{seconds}: {error}");
        }
    }

    #[test]
    fn a_step_of_the_wall_clock_moves_what_comes_after_it_and_no_duration() {
        for step in [-3_600_000_000_000_i128, 3_600_000_000_000] {
            let mut timeline = Timeline::new();
            timeline.note(at(0));
            timeline.note(at(SECOND));
            for second in 2..5 {
                let mut stepped = at(second * SECOND);
                stepped.wall = stepped.wall.checked_add_signed(step).unwrap();
                timeline.note(stepped);
            }
            assert_eq!(
                timeline.at(ticks(SECOND / 2)).1,
                EPOCH + u128::from(SECOND / 2)
            );
            let after = timeline.at(ticks(3 * SECOND + 5)).1;
            let expected = (EPOCH + u128::from(3 * SECOND + 5)).checked_add_signed(step);
            assert!(after.abs_diff(expected.unwrap()) <= 1);
            let lasted = timeline.monotonic(ticks(4 * SECOND)) - timeline.monotonic(ticks(SECOND));
            assert!(lasted.abs_diff(3 * SECOND) <= 1);
        }
    }

    #[test]
    fn readings_that_differ_a_little_are_no_step() {
        let mut timeline = Timeline::new();
        timeline.note(at(0));
        let mut late = at(SECOND);
        late.wall += 900;
        timeline.note(late);
        timeline.note(at(2 * SECOND));
        let wall = timeline.at(ticks(2 * SECOND)).1;
        assert_eq!(wall, EPOCH + u128::from(2 * SECOND));
    }

    #[test]
    fn a_counter_that_begins_anew_begins_a_new_line() {
        let mut timeline = Timeline::new();
        timeline.note(at(100 * SECOND));
        timeline.note(at(101 * SECOND));
        let reset = |nanoseconds: u64| Anchor {
            ticks: ticks(nanoseconds),
            ..at(nanoseconds + 500 * SECOND)
        };
        timeline.note(reset(1));
        timeline.note(reset(SECOND));
        let found = timeline.monotonic(ticks(SECOND / 2));
        assert!(found.abs_diff(500 * SECOND + SECOND / 2) <= 2, "{found}");
    }

    #[test]
    fn its_memory_is_bounded_and_order_is_kept() {
        let mut timeline = Timeline::new();
        for moment in 0..100_000 {
            timeline.note(at(moment * 1_000));
        }
        assert!(timeline.0.len() <= MOST);
        let times: Vec<u64> = (0..100_000)
            .map(|at| timeline.monotonic(ticks(at * 1_000)))
            .collect();
        assert!(times.is_sorted());
        assert_eq!(Timeline::new().monotonic(5), 0);
    }
}
