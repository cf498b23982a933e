//! What the firewall costs: spans with ten attributes of twenty characters through the worker to an exporter that
//! discards, with the firewall and without it. Each run is a process of its own; the runs alternate.
//!
//! With `--write docs/performance.md` it replaces the table there. With `--against PROGRAM`, this one built from another
//! state of the sources, the runs of both alternate, and it prints what a text costs here by what it costs there.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use observed_runtime::{Tracing, flush, observed, observed_span, status};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

const SPANS: u64 = 200_000;
/// Spans of one trace, so that nothing is lost on the way to the worker.
const TRACE: u64 = 10_000;
const ROUNDS: usize = 7;
const MODES: [&str; 2] = ["off", "drop"];

#[derive(Debug)]
struct Discarding;

impl SpanExporter for Discarding {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        Ok(())
    }
}

#[observed(name = "work", attrs(
    a = public(texts.0), b = public(texts.1), c = public(texts.2), d = public(texts.3), e = public(texts.4),
    f = public(texts.0), g = public(texts.1), h = public(texts.2), i = public(texts.3), j = public(texts.4),
))]
fn work(texts: (&str, &str, &str, &str, &str)) -> usize {
    texts.0.len()
}

/// CPU of the worker thread, in nanoseconds per span; callers' work is not in it.
fn run(mode: &str) {
    let tracing = Tracing::builder("bench")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "300000"),
            ("OBSERVED_FIREWALL", mode),
        ])
        .with_exporter(Discarding)
        .init();
    // Words as services record them: twenty characters each.
    let texts = (
        "summarize_text_v1.00",
        "eu-central-1a/rack12",
        "checkout completed ok",
        "8f14e45fceea167a5a36",
        "2026-11-23T10:15:30Z",
    );
    let begin = (Instant::now(), worker_cpu());
    for _ in 0..SPANS / TRACE {
        let root = observed_span!(name = "round");
        for _ in 1..TRACE {
            std::hint::black_box(work(std::hint::black_box(texts)));
        }
        drop(root);
        assert!(flush(Duration::from_secs(60)));
    }
    let cpu = worker_cpu() - begin.1;
    assert_eq!(status().spans.exported, SPANS, "{:?}", status().spans);
    assert_eq!(status().spans.attributes_withheld, 0);
    println!("{}", cpu.as_nanos() as u64 / SPANS);
    drop(tracing);
}

/// What the thread named observed-worker has used so far, from the kernel's scheduler.
fn worker_cpu() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let worker = tasks.filter_map(Result::ok).find(|task| {
        std::fs::read_to_string(task.path().join("comm"))
            .is_ok_and(|name| name.starts_with("observed-worker"))
    });
    let path = worker.expect("the worker runs").path().join("schedstat");
    let text = std::fs::read_to_string(path).expect("Linux");
    Duration::from_nanos(
        text.split(' ')
            .next()
            .and_then(|nanos| nanos.parse().ok())
            .expect("a number"),
    )
}

fn measure(program: &Path, mode: &str) -> u64 {
    let output = Command::new(program).arg(mode).output().expect("runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .expect("a number")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode] = arguments.as_slice()
        && MODES.contains(&mode.as_str())
    {
        return run(mode);
    }
    let this = std::env::current_exe().expect("this program");
    if let [flag, other] = arguments.as_slice()
        && flag == "--against"
    {
        let [here, there] = samples([&this, Path::new(other)]).map(added);
        println!(
            "a text costs {} ns here and {} ns there: {:.2}",
            here / 10,
            there / 10,
            here as f64 / there as f64
        );
        return;
    }
    let [samples] = samples([&this]);
    let table = table(samples);
    println!("{table}");
    if let [flag, file] = arguments.as_slice()
        && flag == "--write"
    {
        write(file, &table);
    }
}

/// What each program's modes cost, run by run, in alternation.
fn samples<const N: usize>(programs: [&Path; N]) -> [[Vec<u64>; 2]; N] {
    let mut samples = std::array::from_fn(|_| [Vec::new(), Vec::new()]);
    for _ in 0..ROUNDS {
        for (program, samples) in programs.iter().zip(&mut samples) {
            for (mode, samples) in MODES.iter().zip(samples) {
                samples.push(measure(program, mode));
            }
        }
    }
    samples
}

/// What the firewall adds to a span, in the middle of the runs.
fn added(mut samples: [Vec<u64>; 2]) -> u64 {
    samples
        .iter_mut()
        .for_each(|samples| samples.sort_unstable());
    samples[1][ROUNDS / 2].saturating_sub(samples[0][ROUNDS / 2])
}

fn table(mut samples: [Vec<u64>; 2]) -> String {
    samples
        .iter_mut()
        .for_each(|samples| samples.sort_unstable());
    let added = added(samples.clone());
    let row = |name: &str, samples: &[u64]| {
        let (least, median, greatest) = (samples[0], samples[ROUNDS / 2], samples[ROUNDS - 1]);
        format!(
            "| {name} | {median} [{least}–{greatest}] | {} |",
            1_000_000_000 / median
        )
    };
    format!(
        "| the worker, ten texts of twenty characters a span | CPU ns per span | spans per second and core |\n\
         | --- | --: | --: |\n{}\n{}\n\n\
         {SPANS} spans a run, {ROUNDS} runs each, alternating; the firewall adds {added} ns, {} ns a text.",
        row("`OBSERVED_FIREWALL=off`", &samples[0]),
        row("`OBSERVED_FIREWALL=drop`", &samples[1]),
        added / 10,
    )
}

fn write(file: &str, table: &str) {
    const MARKS: [&str; 2] = [
        "<!-- firewall table: begin -->\n",
        "<!-- firewall table: end -->",
    ];
    let text = std::fs::read_to_string(file).expect("the document is there");
    let (before, rest) = text.split_once(MARKS[0]).expect("the first mark is there");
    let (_, after) = rest.split_once(MARKS[1]).expect("the second mark is there");
    std::fs::write(
        file,
        format!("{before}{}{table}\n{}{after}", MARKS[0], MARKS[1]),
    )
    .expect("the document can be written");
}
