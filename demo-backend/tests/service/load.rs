//! As much load as the machine sustains, while the collector is killed and restarted and tracing is switched: no request
//! fails, memory is flat, and the account adds up.
//!
//! `DEMO_LOAD_SECONDS=600 cargo test --release -p demo-backend --test service -- load --nocapture` is the long form; it prints
//! the latency with tracing off and on.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use observed_tests::receiver::Receiver;
use serde_json::{Value, json};

use super::support::{Demo, EVERYTHING, body};

const CLIENTS: usize = 8;
const KEY: &str = "operator";
/// How much more may be resident at the end than after a quarter of the time.
const GROWTH_KIB: u64 = 24 * 1024;

fn seconds() -> u64 {
    std::env::var("DEMO_LOAD_SECONDS").map_or(16, |seconds| seconds.parse().unwrap())
}

/// Stands before the collector and cuts every connection while it is shut: a collector that is killed and restarted.
struct Door {
    address: SocketAddr,
    open: Arc<AtomicBool>,
    through: Arc<Mutex<Vec<TcpStream>>>,
}

impl Door {
    fn to(endpoint: &str) -> Self {
        let behind: SocketAddr = endpoint.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let door = Self {
            address: listener.local_addr().unwrap(),
            open: Arc::new(AtomicBool::new(true)),
            through: Arc::default(),
        };
        let (open, through) = (Arc::clone(&door.open), Arc::clone(&door.through));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if open.load(Ordering::SeqCst) {
                    let onward = TcpStream::connect(behind).unwrap();
                    through
                        .lock()
                        .unwrap()
                        .extend([stream.try_clone().unwrap(), onward.try_clone().unwrap()]);
                    copy(stream.try_clone().unwrap(), onward.try_clone().unwrap());
                    copy(onward, stream);
                }
            }
        });
        door
    }

    fn set_open(&self, open: bool) {
        self.open.store(open, Ordering::SeqCst);
        if !open {
            for stream in self.through.lock().unwrap().drain(..) {
                let _ = stream.shutdown(std::net::Shutdown::Both);
            }
        }
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Both);
    });
}

/// Asks until `end` and returns the microseconds of each answer; every answer must be a good one.
async fn ask(demo: Arc<Demo>, end: Instant) -> Vec<u64> {
    let mut took = Vec::new();
    while Instant::now() < end {
        let begin = Instant::now();
        let answer = demo.process(&body("summarize_text")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["result"]["words"], 3);
        took.push(begin.elapsed().as_micros() as u64);
    }
    took
}

async fn load(demo: &Arc<Demo>, lasts: Duration) -> Vec<u64> {
    let end = Instant::now() + lasts;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(ask(Arc::clone(demo), end)))
        .collect();
    let mut took = Vec::new();
    for client in clients {
        took.extend(client.await.unwrap());
    }
    took.sort_unstable();
    took
}

async fn switch(demo: &Demo, on: bool) {
    let request = demo.put("/admin/tracing", &json!({ "enabled": on }));
    let answer = request.header("x-admin-key", KEY).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

/// Kills and restarts the collector, and switches tracing off and on, until `end`; then both are on.
async fn disturb(demo: Arc<Demo>, door: Arc<Door>, end: Instant) {
    let mut beat = 0;
    while Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(500)).await;
        beat += 1;
        door.set_open(beat % 6 < 4);
        switch(&demo, beat % 10 != 7).await;
    }
    door.set_open(true);
    switch(&demo, true).await;
}

fn shown(title: &str, took: &[u64]) {
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    println!(
        "{title}: {} requests, P50 {} µs, P95 {} µs, P99 {} µs",
        took.len(),
        at(50),
        at(95),
        at(99)
    );
}

/// The account once nothing is on its way.
async fn settled(demo: &Demo) -> Value {
    let deadline = Instant::now() + Duration::from_mins(2);
    loop {
        let spans = demo.health().await["spans"].clone();
        if (spans["pending"] == 0 && spans["open"] == 0) || Instant::now() > deadline {
            return spans;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_with_a_collector_that_comes_and_goes_no_request_fails_and_the_account_adds_up()
{
    let receiver = Receiver::counting();
    let door = Arc::new(Door::to(&receiver.endpoint()));
    let endpoint = format!("http://{}", door.address);
    let own = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("OTEL_BSP_EXPORT_TIMEOUT", "1000"),
        ("DEMO_ADMIN_KEY", KEY),
        ("RUST_LOG", "warn,demo_backend=info"),
    ];
    let demo = Arc::new(Demo::start(&[&EVERYTHING[..], &own].concat()));
    let lasts = Duration::from_secs(seconds());
    switch(&demo, false).await;
    let off = load(&demo, lasts / 4).await;
    switch(&demo, true).await;
    let resident = demo.service.resident_kib();
    let end = Instant::now() + lasts * 3 / 4;
    let disturbing = tokio::spawn(disturb(Arc::clone(&demo), Arc::clone(&door), end));
    let on = load(&demo, lasts * 3 / 4).await;
    disturbing.await.unwrap();
    let spans = settled(&demo).await;
    let grown = demo.service.resident_kib().saturating_sub(resident);
    shown("off", &off);
    shown("on, disturbed", &on);
    println!(
        "{spans}; {} received; {grown} KiB more resident",
        receiver.count()
    );
    let count = |name: &str| spans[name].as_u64().unwrap();
    assert_eq!(
        count("started"),
        count("exported") + count("dropped") + count("discarded"),
        "{spans}"
    );
    assert!(count("exported") > 0 && count("dropped") > 0, "{spans}");
    // A batch that was cut off may have arrived all the same.
    assert!(
        receiver.count() >= count("exported"),
        "{} of {spans}",
        receiver.count()
    );
    assert!(grown < GROWTH_KIB, "{grown} KiB more");
}
