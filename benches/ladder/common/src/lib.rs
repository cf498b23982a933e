//! The same work for every peer of the ladder, and how it is timed.
//!
//! A process runs one scenario and prints one line of figures; `measure.py` runs the processes of all peers in turns.
//! Times are CPU time of the calling thread, so that other work on the machine does not count.

use std::future::Future;
use std::hint::black_box;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use cpu_time::{ProcessTime, ThreadTime};

const SUSTAINED: Duration = Duration::from_millis(500);

/// What a peer brings; every function does the same work in all of them.
#[derive(Clone, Copy)]
pub struct Peer {
    /// A leaf with two attributes, a number and a static text.
    pub leaf: fn(u64, &'static str) -> u64,
    /// A root with so many leaves under it.
    pub root: fn(u64) -> u64,
    /// A root whose trace is not recorded, with so many leaves under it.
    pub unsampled: fn(u64) -> u64,
    /// Sends away what has ended, and says how many spans were received so far.
    pub flush: fn() -> u64,
    /// How many were said to be lost.
    pub lost: fn() -> u64,
}

/// Yields once, then is ready.
pub async fn yield_once() {
    let mut yielded = false;
    std::future::poll_fn(move |task| {
        if std::mem::replace(&mut yielded, true) {
            return std::task::Poll::Ready(());
        }
        task.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

/// How many samples a process takes; more for a profiler.
fn samples() -> usize {
    std::env::var("LADDER_SAMPLES").map_or(40, |count| count.parse().expect("a number"))
}

/// The median of samples, each of them nanoseconds for one of `per_sample` things.
fn median(per_sample: u64, mut sample: impl FnMut()) -> f64 {
    let mut samples: Vec<f64> = (0..samples())
        .map(|_| {
            let begin = ThreadTime::now();
            sample();
            begin.elapsed().as_nanos() as f64 / per_sample as f64
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// The same with something after each sample that does not count.
fn median_then(per_sample: u64, mut sample: impl FnMut(), mut after: impl FnMut()) -> f64 {
    let mut samples: Vec<f64> = (0..samples())
        .map(|_| {
            let begin = ThreadTime::now();
            sample();
            let took = begin.elapsed().as_nanos() as f64 / per_sample as f64;
            after();
            took
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib: f64 = line
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0.0);
    kib / 1_024.0
}

/// Runs a scenario and prints its figures as `name=value`.
pub fn run(scenario: &str, peer: Peer) {
    let Peer { leaf, root, unsampled, flush, lost } = peer;
    let calls = |count: u64| {
        let leaf = black_box(leaf);
        (0..count).for_each(|n| _ = black_box(leaf(black_box(n), "value")));
    };
    match scenario {
        // Without any tracing set up.
        "off" => println!("ns={}", median(100_000, || calls(100_000))),
        "unsampled" => println!("ns={}", median(10_000, || _ = black_box(unsampled(10_000)))),
        "leaf" => figures(1_000, flush, || _ = black_box(root(1_000))),
        "tree" => figures(1, flush, || _ = black_box(root(7))),
        "pair" => figures(1, flush, || _ = black_box(root(1))),
        "cold" => cold(flush, || _ = black_box(root(7))),
        "threads" => threads(peer),
        "sustained" => sustained(1, peer),
        "sustained2" => sustained(2, peer),
        "exits" => exits(peer),
        "otlp" | "paced" => paced(peer),
        "steady" => steady(peer),
        // What a process does before its work, which is measured from outside.
        "start" => {}
        "children" => {
            root(20_000);
            let received = flush();
            println!("made=20001 received={received} lost={}", lost());
        }
        other => panic!("no scenario {other}"),
    }
}

/// Many repetitions in a sample where one is short; at most two thousand spans, then a flush that does not count.
fn figures(spans: u64, flush: fn() -> u64, work: impl Fn()) {
    let repeat = if spans == 1 { 200 } else { 1 };
    (0..20).for_each(|_| work());
    flush();
    let before = flush();
    let ns = median_then(spans * repeat, || (0..repeat).for_each(|_| work()), || _ = flush());
    println!("ns={ns} received={}", flush() - before);
}

/// Each time after other work has thrown code and data out of the caches, as between the spans of a service. Wall time: the
/// account of a thread's time costs as much as what is measured.
fn cold(flush: fn() -> u64, work: impl Fn()) {
    const OTHER: usize = 48 << 20;
    let mut other = vec![0_u64; OTHER / size_of::<u64>()];
    (0..20).for_each(|_| work());
    let before = flush();
    let mut samples: Vec<u128> = (0..5 * samples() as u64)
        .map(|n| {
            other.iter_mut().for_each(|cell| *cell = cell.wrapping_add(n));
            black_box(&other);
            let begin = Instant::now();
            work();
            begin.elapsed().as_nanos()
        })
        .collect();
    samples.sort_unstable();
    println!("ns={} received={}", samples[samples.len() / 2], flush() - before);
}

/// A future of the peer's against the same one without tracing.
pub fn run_async<F: Future<Output = u64>>(flush: fn() -> u64, request: impl Fn(u64) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let work = || _ = black_box(runtime.block_on(request(500)));
    (0..20).for_each(|_| work());
    flush();
    println!("ns={}", median_then(500, work, || _ = flush()));
}

fn threads(peer: Peer) {
    let one = |barrier: &Barrier| {
        let work = || _ = black_box((peer.root)(1_000));
        (0..20).for_each(|_| work());
        barrier.wait();
        let mut samples: Vec<f64> = (0..samples())
            .map(|_| {
                barrier.wait();
                let begin = ThreadTime::now();
                work();
                begin.elapsed().as_nanos() as f64 / 1_000.0
            })
            .collect();
        samples.sort_by(f64::total_cmp);
        samples[samples.len() / 2]
    };
    let alone = {
        let barrier = Barrier::new(1);
        std::thread::scope(|scope| scope.spawn(|| one(&barrier)).join().expect("no panic"))
    };
    (peer.flush)();
    let barrier = Barrier::new(2);
    let two = std::thread::scope(|scope| {
        let both = [scope.spawn(|| one(&barrier)), scope.spawn(|| one(&barrier))];
        both.map(|thread| thread.join().expect("no panic"))
    });
    println!("alone={alone} together={}", (two[0] + two[1]) / 2.0);
}

/// A root with a hundred children, over and over.
fn produce(peer: Peer) -> u64 {
    let begin = Instant::now();
    let mut made = 0;
    while begin.elapsed() < SUSTAINED {
        for _ in 0..10 {
            (peer.root)(100);
            made += 101;
        }
    }
    made
}

fn sustained(threads: usize, peer: Peer) {
    let (process, before) = (ProcessTime::now(), (peer.flush)());
    let made: u64 = std::thread::scope(|scope| {
        let producers: Vec<_> = (0..threads).map(|_| scope.spawn(|| produce(peer))).collect();
        producers.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    finish(process, made, before, peer);
}

fn exits(peer: Peer) {
    let (process, before) = (ProcessTime::now(), (peer.flush)());
    let made = std::thread::spawn(move || produce(peer)).join().expect("no panic");
    finish(process, made, before, peer);
}

/// A number of spans at a pace at which nobody loses any: their cost, encoder and transport included where there is one.
fn paced(peer: Peer) {
    const ROUNDS: u64 = 200;
    (peer.root)(100);
    let (process, before) = (ProcessTime::now(), (peer.flush)());
    for _ in 0..ROUNDS {
        for _ in 0..10 {
            (peer.root)(99);
        }
        (peer.flush)();
    }
    finish(process, ROUNDS * 1_000, before, peer);
}

/// Ten thousand spans a second for two seconds, as the performance benchmark of the OpenTelemetry specification asks for.
fn steady(peer: Peer) {
    const SECONDS: u64 = 2;
    let (process, before, begin) = (ProcessTime::now(), (peer.flush)(), Instant::now());
    for step in 0..SECONDS * 1_000 {
        (peer.root)(9);
        let due = begin + Duration::from_millis(step + 1);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    let percent = process.elapsed().as_secs_f64() / begin.elapsed().as_secs_f64() * 100.0;
    let received = (peer.flush)() - before;
    println!("percent={percent} made={} received={received} rss={}", SECONDS * 10_000, resident_mb());
}

/// The size of a future, in bytes.
pub fn print_size(future: &impl Future) {
    println!("size={}", size_of_val(future));
}

fn finish(process: ProcessTime, made: u64, before: u64, peer: Peer) {
    let received = (peer.flush)() - before;
    let cpu = process.elapsed().as_nanos() as f64 / made as f64;
    println!(
        "cpu={cpu} made={made} received={received} lost={} rss={}",
        (peer.lost)(),
        resident_mb()
    );
}
