//! Latency of the demo's `/process` with tracing off and on (everything sampled and exported), interleaved.
//!
//! Two processes of the same release binary take turns, a block of requests each, so that whatever else the machine
//! does hits both. Prints a table; with `--write FILE` it also replaces the part of FILE between the markers.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use observed_tests::receiver::Receiver;
use observed_tests::service::Service;

const ROUNDS: usize = 30;
const BLOCK: usize = 200;
const WARM_UP: usize = 500;
const BODY: &str = r#"{"action":"summarize_text","context_id":"ctx-production","payload":{"text":"a few words"}}"#;
const BEGIN: &str = "<!-- service table: begin -->";
const END: &str = "<!-- service table: end -->";

struct Demo {
    service: Service,
    url: String,
    /// Latencies in microseconds, by round.
    rounds: Vec<Vec<f64>>,
}

impl Demo {
    fn start(name: &str, settings: &[(&str, &str)]) -> Self {
        let binary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/demo-backend");
        let mut command = Command::new(binary);
        let audit = std::env::temp_dir().join(format!("bench-{name}-{}.jsonl", std::process::id()));
        command.args(["--listen", "127.0.0.1:0", "--api-key", "bench", "--audit-log"]).arg(audit);
        command.env_remove("TRACING_ENABLED").envs(settings.iter().copied());
        let service = Service::start(command);
        let url = format!("http://{}/process", service.wait_for("listening on http://"));
        Self { service, url, rounds: Vec::new() }
    }

    async fn block(&self, client: &reqwest::Client, requests: usize) -> Vec<f64> {
        let mut latencies = Vec::with_capacity(requests);
        for _ in 0..requests {
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

    /// The percentile of each round: median over the rounds, least and greatest.
    fn percentile(&self, share: f64) -> (f64, f64, f64) {
        let mut rounds: Vec<f64> = self.rounds.iter().map(|round| percentile(round, share)).collect();
        rounds.sort_by(f64::total_cmp);
        (percentile(&rounds, 0.5), rounds[0], rounds[rounds.len() - 1])
    }
}

fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

fn table(off: &Demo, on: &Demo, received: usize) -> String {
    let mut table = String::new();
    let _ = writeln!(table, "| `/process`, µs | tracing off | on, 100 % sampled, exporting | on / off |");
    let _ = writeln!(table, "| --- | --: | --: | --: |");
    for (name, share) in [("P50", 0.50), ("P95", 0.95), ("P99", 0.99)] {
        let ((off, off_min, off_max), (on, on_min, on_max)) = (off.percentile(share), on.percentile(share));
        let ratio = on / off;
        let _ = writeln!(
            table,
            "| {name} | {off:.0} [{off_min:.0}–{off_max:.0}] | {on:.0} [{on_min:.0}–{on_max:.0}] | {ratio:.2} |"
        );
    }
    let requests = ROUNDS * BLOCK;
    let _ = writeln!(
        table,
        "\n{requests} requests each, in {ROUNDS} blocks of {BLOCK} that alternate, one at a time over one connection; \
         median of the blocks' percentiles [least–greatest]. Each traced request makes 16 spans, those of the warm-up \
         too; the receiver on the same machine got {received} of {}.",
        (requests + WARM_UP) * 16,
    );
    table
}

fn write_into(file: &str, table: &str) {
    let text = std::fs::read_to_string(file).expect("the document can be read");
    let (before, rest) = text.split_once(BEGIN).expect("the document has the first marker");
    let (_, after) = rest.split_once(END).expect("the document has the second marker");
    std::fs::write(file, format!("{before}{BEGIN}\n{table}{END}{after}")).expect("the document can be written");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let mut off = Demo::start("off", &[]);
    let mut on = Demo::start(
        "on",
        &[
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
            ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
        ],
    );
    let client = reqwest::Client::builder().no_proxy().build().expect("a client can be built");
    off.block(&client, WARM_UP).await;
    on.block(&client, WARM_UP).await;
    for round in 0..ROUNDS {
        let order = if round % 2 == 0 { [&mut off, &mut on] } else { [&mut on, &mut off] };
        for demo in order {
            let latencies = demo.block(&client, BLOCK).await;
            demo.rounds.push(latencies);
        }
    }
    for demo in [&mut off, &mut on] {
        demo.service.terminate();
        assert!(demo.service.wait().success());
    }
    let table = table(&off, &on, receiver.spans().len());
    println!("{table}");
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, file] = arguments.as_slice()
        && flag == "--write"
    {
        write_into(file, &table);
    }
}
