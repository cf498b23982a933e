//! What tracing costs the demo's `/process`: on against off in one process, by the toolkit's own switch, blocks of requests in
//! turns. With `--faults` beside collectors that fail; with `--before BINARY` beside another build of the demo.
//!
//! Processes of one configuration differ by more than tracing costs; blocks of one process do not. Prints a table; with
//! `--write FILE` it also replaces the part of FILE between the markers.

mod collectors;
mod demo;
mod statistics;
mod table;

use std::path::{Path, PathBuf};

use collectors::Collector;
use demo::Row;

const USAGE: &str = "bench-service [--faults] [--before BINARY] [--write FILE] [--processes N]";

#[derive(Default)]
struct Arguments {
    faults: bool,
    before: Option<PathBuf>,
    write: Option<PathBuf>,
    processes: Option<usize>,
}

fn arguments() -> Arguments {
    let mut read = Arguments::default();
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--faults" => read.faults = true,
            "--before" => read.before = given.next().map(PathBuf::from),
            "--write" => read.write = given.next().map(PathBuf::from),
            "--processes" => read.processes = given.next().and_then(|count| count.parse().ok()),
            _ => panic!("{USAGE}"),
        }
    }
    read
}

fn rows(arguments: &Arguments, healthy: &str, failing: &[(&'static str, String)]) -> Vec<Row> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/demo-backend");
    let row = |title: &str, binary: &Path, endpoint: &str, rate: &'static str, switches| Row {
        title: title.to_owned(),
        binary: binary.to_owned(),
        endpoint: endpoint.to_owned(),
        rate,
        switches,
    };
    if arguments.faults {
        let mut rows = vec![row("healthy collector", &ours, healthy, "1", true)];
        rows.extend(failing.iter().map(|(title, endpoint)| row(title, &ours, endpoint, "1", true)));
        return rows;
    }
    let mut rows = vec![
        row("nothing against nothing", &ours, healthy, "1", false),
        row("10 % sampled, the default", &ours, healthy, "0.1", true),
        row("100 % sampled", &ours, healthy, "1", true),
    ];
    if let Some(before) = &arguments.before {
        rows.push(row("before: 10 % sampled", before, healthy, "0.1", true));
        rows.push(row("before: 100 % sampled", before, healthy, "1", true));
    }
    rows
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if std::env::args().nth(1).as_deref() == Some(collectors::RECEIVER) {
        return collectors::receive();
    }
    let arguments = arguments();
    let receiver = Collector::start();
    let failing = collectors::failing();
    let rows = rows(&arguments, &receiver.endpoint, &failing);
    let measured = demo::measure(&rows, arguments.processes.unwrap_or(3)).await;
    let table = table::table(&rows, &measured, receiver.is_idle);
    println!("{table}");
    if let Some(file) = &arguments.write {
        table::write_into(file, if arguments.faults { "faults" } else { "service" }, &table);
    }
}
