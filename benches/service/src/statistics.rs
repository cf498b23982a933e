//! Percentiles, ratios with their intervals, and the processor time of threads.

use std::fs;

/// How often the turns are drawn again for an interval.
const DRAWS: usize = 2_000;

pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

pub fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// A median, and the interval in which 95 % of the medians of values drawn again lie.
pub struct Interval {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub fn of(values: &[f64]) -> Self {
        let mut draws = Draws::default();
        let medians: Vec<f64> = (0..DRAWS)
            .map(|_| median(&values.iter().map(|_| values[draws.next(values.len())]).collect::<Vec<_>>()))
            .collect();
        Self { median: median(values), low: percentile(&medians, 0.025), high: percentile(&medians, 0.975) }
    }
}

/// A linear congruential generator (Knuth, MMIX): the draws need not be good, and the same each time.
pub struct Draws(u64);

impl Default for Draws {
    fn default() -> Self {
        Self(1)
    }
}

impl Draws {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    pub fn flip(&mut self) -> bool {
        self.next(2) == 1
    }
}

/// Microseconds of processor time.
#[derive(Clone, Copy, Default)]
pub struct Cpu {
    /// The service's threads.
    pub own: f64,
    pub worker: f64,
}

impl Cpu {
    /// Of the threads of a process that live, by Linux's own account of them.
    pub fn of(process: u32) -> Self {
        let mut cpu = Self::default();
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
            return cpu;
        };
        for thread in threads.flatten() {
            let read = |name| fs::read_to_string(thread.path().join(name)).unwrap_or_default();
            let ran = read("schedstat").split(' ').next().and_then(|it| it.parse::<f64>().ok());
            let micros = ran.unwrap_or_default() / 1e3;
            if read("comm").starts_with("observed") {
                cpu.worker += micros;
            } else {
                cpu.own += micros;
            }
        }
        cpu
    }

    pub fn since(self, before: Self) -> Self {
        Self { own: self.own - before.own, worker: self.worker - before.worker }
    }

    pub fn per(self, requests: usize) -> Self {
        Self { own: self.own / requests as f64, worker: self.worker / requests as f64 }
    }
}
