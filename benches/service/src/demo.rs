//! The demo under a steady load, in blocks with tracing on and off.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use observed_tests::service::Service;
use reqwest::Client;

use crate::statistics::{Cpu, Draws};

pub const TURNS: usize = 24;
pub const BLOCK: usize = 200;
const WARM_UP: usize = 500;
/// What a switch leaves behind does not count.
const SETTLE: usize = 20;
/// A steady load: one request each millisecond, whatever the answers take.
const PERIOD: Duration = Duration::from_millis(1);
const BODY: &str = r#"{"action":"summarize_text","context_id":"ctx-production","payload":{"text":"a few words"}}"#;

/// What is measured in processes of its own.
pub struct Row {
    pub title: String,
    pub binary: PathBuf,
    pub endpoint: String,
    pub rate: &'static str,
    /// False where both blocks of a turn are off.
    pub switches: bool,
}

/// Two blocks of one process, neighbours in time.
#[derive(Default)]
pub struct Turn {
    pub off: Block,
    pub on: Block,
}

#[derive(Default)]
pub struct Block {
    /// Microseconds.
    pub latencies: Vec<f64>,
    /// Of the service's own threads and of the worker's, microseconds a request.
    pub cpu: Cpu,
}

/// The turns of each row. Rows take turns too, so that whatever else the machine does hits all of them.
pub async fn measure(rows: &[Row], processes: usize) -> Vec<Vec<Turn>> {
    let client = Client::builder().no_proxy().build().expect("a client can be built");
    let mut draws = Draws::default();
    let mut measured: Vec<Vec<Turn>> = rows.iter().map(|_| Vec::new()).collect();
    for _ in 0..processes {
        for (row, turns) in rows.iter().zip(&mut measured) {
            let mut demo = Demo::start(row, &client);
            demo.requests(WARM_UP).await;
            for _ in 0..TURNS {
                turns.push(demo.turn(row.switches, draws.flip()).await);
            }
            demo.service.terminate();
            assert!(demo.service.wait().success());
        }
    }
    measured
}

/// How many services were started.
static STARTED: AtomicUsize = AtomicUsize::new(0);

struct Demo<'a> {
    service: Service,
    address: String,
    client: &'a Client,
}

impl<'a> Demo<'a> {
    fn start(row: &Row, client: &'a Client) -> Self {
        let mut command = Command::new(&row.binary);
        // A log of its own: another build may write lines of another form.
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let audit = std::env::temp_dir().join(format!("bench-service-{}-{number}.jsonl", std::process::id()));
        command.args(["--listen", "127.0.0.1:0", "--api-key", "bench", "--admin-key", "admin", "--audit-log"]).arg(audit);
        command.envs([
            ("TRACING_ENABLED", "1"),
            ("OBSERVED_GATES_ENABLED", "1"),
            ("OBSERVED_PIPELINE_ENABLED", "1"),
            ("OBSERVED_EXECUTORS_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", row.rate),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &row.endpoint),
            ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
            ("OTEL_BSP_EXPORT_TIMEOUT", "2000"),
        ]);
        let service = Service::start(command);
        let address = format!("http://{}", service.wait_for("listening on http://"));
        Self { service, address, client }
    }

    /// A block with tracing off and one with it on, in the order drawn.
    async fn turn(&mut self, switches: bool, on_first: bool) -> Turn {
        let mut turn = Turn::default();
        for on in [on_first, !on_first] {
            self.switch(on && switches).await;
            self.requests(SETTLE).await;
            let before = Cpu::of(self.service.id());
            let latencies = self.requests(BLOCK).await;
            let cpu = Cpu::of(self.service.id()).since(before).per(BLOCK);
            let block = Block { latencies, cpu };
            if on { turn.on = block } else { turn.off = block }
        }
        turn
    }

    async fn switch(&self, on: bool) {
        let request = self.client.put(format!("{}/admin/tracing", self.address)).header("x-admin-key", "admin");
        let body = format!(r#"{{"enabled":{on}}}"#);
        let answer = request.header("content-type", "application/json").body(body).send().await;
        assert_eq!(answer.expect("the demo answers").status(), 200);
    }

    async fn requests(&self, count: usize) -> Vec<f64> {
        let mut latencies = Vec::with_capacity(count);
        let mut beat = tokio::time::interval(PERIOD);
        for _ in 0..count {
            beat.tick().await;
            let request = self.client.post(format!("{}/process", self.address)).header("x-api-key", "bench");
            let request = request.header("content-type", "application/json").body(BODY);
            let asked = Instant::now();
            let answer = request.send().await.expect("the demo answers");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("the demo answers");
            latencies.push(asked.elapsed().as_secs_f64() * 1e6);
        }
        latencies
    }
}
