//! What finished spans of many threads cost the worker: processor time and memory of one flush.
//!
//! Each row is a process of its own. The receiver, inside of it, answers nobody until all threads have recorded; they sleep
//! on meanwhile, so that most spans lie with their threads. Linux only.

mod process;
mod receiver;

use std::process::Command;
use std::sync::{Arc, Barrier};
use std::time::Duration;

use observed_runtime::{Tracing, flush, observed, status};

const SPANS_PER_THREAD: usize = 63;
const THREADS: [usize; 4] = [500, 1_000, 2_000, 4_000];

#[observed(name = "work", attrs(round))]
fn work(round: usize) {
    std::hint::black_box(round);
}

fn main() {
    if let Some(threads) = std::env::args().nth(1) {
        println!("{}", row(threads.parse().expect("a number of threads")));
        return;
    }
    println!(
        "| threads | spans in the flush | worker, ms | worker, us a span | recording, MiB | the flush at its peak, MiB more |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    let program = std::env::current_exe().expect("this program has a path");
    for threads in THREADS {
        let row = Command::new(&program).arg(threads.to_string()).output();
        print!(
            "{}",
            String::from_utf8_lossy(&row.expect("this program can be run").stdout)
        );
    }
}

fn row(threads: usize) -> String {
    let receiver = receiver::Receiver::start();
    let _tracing = Tracing::builder("threads")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", "1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "600000"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "300000"),
            ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
        ])
        .init();
    let recorded = Arc::new(Barrier::new(threads + 1));
    let released = Arc::new(Barrier::new(threads + 1));
    let begun = Arc::new(Barrier::new(threads + 1));
    for _ in 0..threads {
        let barriers = [&begun, &recorded, &released].map(Arc::clone);
        let spawned = std::thread::Builder::new()
            .stack_size(64 * 1024)
            .spawn(move || {
                let [begun, recorded, released] = barriers;
                begun.wait();
                (0..SPANS_PER_THREAD).for_each(work);
                recorded.wait();
                released.wait();
            });
        spawned.expect("the threads can be started");
    }
    let before = process::resident();
    begun.wait();
    recorded.wait();
    let (pending, lie) = (status().spans.pending, process::resident());
    process::forget_peak();
    let cpu = process::cpu_of_our_threads();
    receiver.answer();
    assert!(flush(Duration::from_secs(600)), "{:?}", status());
    let cpu = process::cpu_of_our_threads() - cpu;
    let peak = process::peak();
    let spans = status().spans;
    released.wait();
    assert_eq!(
        spans.exported,
        (threads * SPANS_PER_THREAD) as u64,
        "{spans:?}"
    );
    format!(
        "| {threads} | {pending} | {:.0} | {:.2} | {:.1} | {:.1} |",
        cpu.as_secs_f64() * 1e3,
        cpu.as_secs_f64() * 1e6 / pending as f64,
        mib(lie.saturating_sub(before)),
        mib(peak.saturating_sub(lie)),
    )
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
