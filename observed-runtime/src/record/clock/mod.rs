//! The clock of spans: a counter of the processor where that can be trusted, read twice a span and converted by the
//! worker (ADR 010).

mod timeline;

#[cfg(any(test, feature = "otlp", feature = "testing"))]
use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

#[cfg(any(test, feature = "otlp", feature = "testing"))]
use timeline::Line;
use timeline::{Anchor, Timeline};

/// A reading of the clock; its unit is the counter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tick(u64);

/// Which counter is read: chosen once, at the first reading.
static SOURCE: AtomicU8 = AtomicU8::new(UNKNOWN);
const UNKNOWN: u8 = 0;
/// The time-stamp counter of the processor.
const TSC: u8 = 1;
/// Nanoseconds of the system's monotonic clock.
const SYSTEM: u8 = 2;

static TIMELINE: Mutex<Timeline> = Mutex::new(Timeline::new());

#[inline]
pub(crate) fn now() -> Tick {
    Tick(match SOURCE.load(Ordering::Relaxed) {
        #[cfg(target_arch = "x86_64")]
        TSC => safe_arch::read_timestamp_counter(),
        SYSTEM => nanoseconds(),
        _ => choose_and_read(),
    })
}

#[cold]
fn choose_and_read() -> u64 {
    let source = if is_tsc_trusted() { TSC } else { SYSTEM };
    // Of two threads that choose at once both choose the same.
    SOURCE.store(source, Ordering::Relaxed);
    let tick = now().0;
    lock().note(anchor());
    tick
}

/// Nanoseconds of the system's monotonic clock since its first reading in this process; 64 bits last for 584 years.
fn nanoseconds() -> u64 {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed().as_nanos() as u64
}

/// True where the counter runs at one rate in all states of the processor, and the kernel has found it in step on all of
/// them: it uses the counter itself.
#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
fn is_tsc_trusted() -> bool {
    let source = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    is_tsc_invariant() && std::fs::read_to_string(source).is_ok_and(|name| name.trim() == "tsc")
}

/// The kernel's word, of the first processor: to ask the processor itself takes unsafe code with the oldest compiler.
#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
fn is_tsc_invariant() -> bool {
    use std::io::{BufRead, BufReader};
    let Ok(file) = std::fs::File::open("/proc/cpuinfo") else {
        return false;
    };
    let lines = BufReader::new(file).lines().map_while(Result::ok);
    let flags = lines.take(64).find(|line| line.starts_with("flags"));
    flags.is_some_and(|line| {
        let has = |flag| line.split_ascii_whitespace().any(|word| word == flag);
        has("constant_tsc") && has("nonstop_tsc")
    })
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", not(miri))))]
fn is_tsc_trusted() -> bool {
    false
}

/// One moment on all clocks.
fn anchor() -> Anchor {
    // A reading that was interrupted is taken again.
    const TRIES: usize = 4;
    let mut best = (u64::MAX, Anchor::default());
    for _ in 0..TRIES {
        let before = now().0;
        let (monotonic, wall) = (nanoseconds(), SystemTime::now());
        let after = now().0;
        let gap = after.saturating_sub(before);
        if gap < best.0 {
            let ticks = before + gap / 2;
            let wall = wall.duration_since(SystemTime::UNIX_EPOCH);
            let wall = wall.map_or(0, |since| since.as_nanos());
            best = (
                gap,
                Anchor {
                    ticks,
                    monotonic,
                    wall,
                },
            );
        }
    }
    best.1
}

fn lock() -> MutexGuard<'static, Timeline> {
    // Nothing panics while it holds this lock.
    TIMELINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The timeline, up to `tick` at least.
fn timeline_to(tick: Tick) -> MutexGuard<'static, Timeline> {
    let mut timeline = lock();
    if !timeline.reaches(tick.0) {
        timeline.note(anchor());
    }
    timeline
}

impl Tick {
    /// The reading itself.
    #[inline]
    pub(crate) fn raw(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The time from here to `later`.
    pub(crate) fn until(self, later: Tick) -> Duration {
        let timeline = timeline_to(later);
        let (begin, end) = (timeline.monotonic(self.0), timeline.monotonic(later.0));
        Duration::from_nanos(end.saturating_sub(begin))
    }
}

/// Converts readings to wall times, many at once.
#[cfg(any(test, feature = "otlp", feature = "testing"))]
pub(crate) struct Converter {
    timeline: MutexGuard<'static, Timeline>,
    /// The line that was used last: most spans of a batch lie on one.
    line: Cell<Line>,
}

#[cfg(any(test, feature = "otlp", feature = "testing"))]
impl Converter {
    /// For all readings so far.
    pub(crate) fn new() -> Self {
        Self {
            timeline: timeline_to(now()),
            line: Cell::default(),
        }
    }

    /// Nanoseconds of the monotonic clock, and since 1970.
    #[inline]
    fn at(&self, tick: Tick) -> (u64, u128) {
        let line = self.line.get();
        if line.has(tick.0) {
            return line.at(tick.0);
        }
        let line = self.timeline.line(tick.0);
        self.line.set(line);
        line.at(tick.0)
    }

    /// Nanoseconds since 1970 at a moment.
    #[cfg(feature = "otlp")]
    pub(crate) fn nanoseconds(&self, tick: Tick) -> u64 {
        as_u64(self.at(tick).1)
    }

    /// Nanoseconds since 1970 at a span's start and end, as [`Converter::times`] has them.
    #[inline]
    #[cfg(feature = "otlp")]
    pub(crate) fn both_nanoseconds(&self, start: Tick, end: Tick) -> (u64, u64) {
        let ((from, wall), (to, _)) = (self.at(start), self.at(end));
        let lasted = u128::from(to.saturating_sub(from));
        (as_u64(wall), as_u64(wall + lasted))
    }

    /// The wall time of a moment.
    pub(crate) fn time(&self, tick: Tick) -> SystemTime {
        since_1970(self.at(tick).1)
    }

    /// The wall times of a span's start and end. The end is as far from the start as the monotonic clock says, so that a
    /// step of the wall clock never bends a duration.
    pub(crate) fn times(&self, start: Tick, end: Tick) -> (SystemTime, SystemTime) {
        let (monotonic, wall) = self.at(start);
        let lasted = self.at(end).0.saturating_sub(monotonic);
        (since_1970(wall), since_1970(wall + u128::from(lasted)))
    }
}

#[cfg(any(test, feature = "otlp", feature = "testing"))]
fn since_1970(nanoseconds: u128) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_nanos(as_u64(nanoseconds))
}

#[cfg(any(test, feature = "otlp", feature = "testing"))]
fn as_u64(nanoseconds: u128) -> u64 {
    u64::try_from(nanoseconds).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_keep_order_and_agree_with_the_systems_clocks() {
        let (first, begin, wall) = (now(), Instant::now(), SystemTime::now());
        std::thread::sleep(Duration::from_millis(20));
        let (second, elapsed) = (now(), begin.elapsed());
        assert!(first <= second);
        let difference = first.until(second).abs_diff(elapsed);
        assert!(difference < Duration::from_millis(5), "{difference:?}");
        let (start, end) = Converter::new().times(first, second);
        let difference = match start.duration_since(wall) {
            Ok(later) => later,
            Err(error) => error.duration(),
        };
        assert!(difference < Duration::from_secs(1), "{difference:?}");
        assert_eq!(end.duration_since(start).unwrap(), first.until(second));
    }

    #[test]
    fn what_is_inside_stays_inside() {
        for _ in 0..10_000 {
            let ticks = [now(), now(), now(), now()];
            let (start, end) = Converter::new().times(ticks[1], ticks[2]);
            let (outer_start, outer_end) = Converter::new().times(ticks[0], ticks[3]);
            assert!(outer_start <= start && end <= outer_end, "{ticks:?}");
        }
    }
}
