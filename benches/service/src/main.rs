//! Latency of the demo's `/process` with tracing off and on, interleaved; with `--faults` beside collectors that fail.
//!
//! Processes of the same release binary take turns, a block of requests each, so that whatever else the machine does hits
//! all of them. Prints a table; with `--write FILE` it also replaces the part of FILE between the markers.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use observed_tests::receiver::Receiver;
use observed_tests::service::Service;

const ROUNDS: usize = 30;
const BLOCK: usize = 200;
const WARM_UP: usize = 500;
/// A steady load: one request each millisecond, whatever the answers take.
const PERIOD: Duration = Duration::from_millis(1);
const BODY: &str = r#"{"action":"summarize_text","context_id":"ctx-production","payload":{"text":"a few words"}}"#;
/// How often the rounds are drawn again for an interval.
const DRAWS: usize = 2_000;

struct Demo {
    title: &'static str,
    service: Service,
    url: String,
    /// Latencies in microseconds, by round.
    rounds: Vec<Vec<f64>>,
}

impl Demo {
    fn start(title: &'static str, settings: &[(&str, &str)]) -> Self {
        let binary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/demo-backend");
        let mut command = Command::new(binary);
        let audit = std::env::temp_dir().join(format!("bench-{}-{}.jsonl", title.replace(' ', "-"), std::process::id()));
        command.args(["--listen", "127.0.0.1:0", "--api-key", "bench", "--audit-log"]).arg(audit);
        command.env_remove("TRACING_ENABLED").envs(settings.iter().copied());
        let service = Service::start(command);
        let url = format!("http://{}/process", service.wait_for("listening on http://"));
        Self { title, service, url, rounds: Vec::new() }
    }

    async fn block(&self, client: &reqwest::Client, requests: usize) -> Vec<f64> {
        let mut latencies = Vec::with_capacity(requests);
        let mut beat = tokio::time::interval(PERIOD);
        for _ in 0..requests {
            beat.tick().await;
            let request = client
                .post(&self.url)
                .header("x-api-key", "bench")
                .header("content-type", "application/json")
                .body(BODY);
            let asked = Instant::now();
            let answer = request.send().await.expect("the demo answers");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("the demo answers");
            latencies.push(asked.elapsed().as_secs_f64() * 1e6);
        }
        latencies
    }

    /// The percentile of each round.
    fn percentiles(&self, share: f64) -> Vec<f64> {
        self.rounds.iter().map(|round| percentile(round, share)).collect()
    }
}

fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// The median of the ratios of paired rounds, and the interval in which 95 % of the medians of rounds drawn again lie.
fn ratio(off: &[f64], on: &[f64]) -> (f64, f64, f64) {
    let ratios: Vec<f64> = off.iter().zip(on).map(|(off, on)| on / off).collect();
    // A linear congruential generator (Knuth, MMIX): the draws need not be good, and the same each time.
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ratios[(state >> 33) as usize % ratios.len()]
    };
    let medians: Vec<f64> = (0..DRAWS)
        .map(|_| percentile(&(0..off.len()).map(|_| draw()).collect::<Vec<_>>(), 0.5))
        .collect();
    (percentile(&ratios, 0.5), percentile(&medians, 0.025), percentile(&medians, 0.975))
}

fn table(demos: &[Demo]) -> String {
    let mut table = String::new();
    let _ = writeln!(table, "| `/process` | P50 µs | P95 µs | P99 µs | P50 / off | P95 / off |");
    let _ = writeln!(table, "| --- | --: | --: | --: | --: | --: |");
    let off = &demos[0];
    for demo in demos {
        let _ = write!(table, "| {} |", demo.title);
        for share in [0.50, 0.95, 0.99] {
            let _ = write!(table, " {:.0} |", percentile(&demo.percentiles(share), 0.5));
        }
        for share in [0.50, 0.95] {
            let (middle, low, high) = ratio(&off.percentiles(share), &demo.percentiles(share));
            let _ = write!(table, " {middle:.3} [{low:.3}–{high:.3}] |");
        }
        table.push('\n');
    }
    let requests = ROUNDS * BLOCK;
    let _ = writeln!(
        table,
        "\n{requests} requests each, in {ROUNDS} blocks of {BLOCK} that take turns, one each millisecond over one connection; medians \
         of the blocks' percentiles; ratios are medians over the blocks, with a bootstrap interval of 95 %.",
    );
    table
}

/// Replaces what stands between the markers.
fn write_into(file: &str, marker: &str, table: &str) {
    let (begin, end) = (format!("<!-- {marker} table: begin -->"), format!("<!-- {marker} table: end -->"));
    let text = std::fs::read_to_string(file).expect("the document can be read");
    let (before, rest) = text.split_once(&begin).expect("the document has the first marker");
    let (_, after) = rest.split_once(&end).expect("the document has the second marker");
    std::fs::write(file, format!("{before}{begin}\n{table}{end}{after}")).expect("the document can be written");
}

/// A collector that treats every connection as `serve` says.
fn collector(serve: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().flatten().for_each(serve));
    format!("http://{address}")
}

fn overloaded(mut stream: TcpStream) {
    std::thread::spawn(move || {
        let mut some = [0; 4 * 1024];
        let _ = stream.read(&mut some);
        let _ = stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    });
}

/// The endpoints of collectors that fail, by what they do.
fn failing() -> Vec<(&'static str, String)> {
    let absent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    let held = std::sync::Mutex::new(Vec::new());
    vec![
        ("absent", format!("http://{}", absent.expect("an address"))),
        ("closes every connection", collector(drop)),
        ("never answers", collector(move |stream| held.lock().expect("no panic").push(stream))),
        ("answers 503", collector(overloaded)),
    ]
}

fn traced(title: &'static str, endpoint: &str, rate: &str) -> Demo {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OBSERVED_GATES_ENABLED", "1"),
        ("OBSERVED_PIPELINE_ENABLED", "1"),
        ("OBSERVED_EXECUTORS_ENABLED", "1"),
        ("OTEL_SAMPLING_RATE", rate),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "2000"),
    ];
    Demo::start(title, &settings)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let faults = arguments.iter().any(|argument| argument == "--faults");
    let receiver = Receiver::counting();
    let mut demos = vec![Demo::start("off", &[])];
    if faults {
        demos.push(traced("healthy collector", &receiver.endpoint(), "1"));
        demos.extend(failing().iter().map(|(title, endpoint)| traced(title, endpoint, "1")));
    } else {
        demos.push(traced("on, 10 % sampled", &receiver.endpoint(), "0.1"));
        demos.push(traced("on, 100 % sampled", &receiver.endpoint(), "1"));
    }
    let client = reqwest::Client::builder().no_proxy().build().expect("a client can be built");
    for demo in &demos {
        demo.block(&client, WARM_UP).await;
    }
    for round in 0..ROUNDS {
        for turn in 0..demos.len() {
            let demo = (round + turn) % demos.len();
            let latencies = demos[demo].block(&client, BLOCK).await;
            demos[demo].rounds.push(latencies);
        }
    }
    for demo in &mut demos {
        demo.service.terminate();
        assert!(demo.service.wait().success());
    }
    let table = table(&demos);
    println!("{table}");
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        let marker = if faults { "faults" } else { "service" };
        write_into(&arguments[at + 1], marker, &table);
    }
}
