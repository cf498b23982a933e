//! The table, as it stands in the documents.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::demo::{BLOCK, Row, TURNS, Turn};
use crate::statistics::{Interval, median, percentile};

const SHARES: [f64; 3] = [0.50, 0.95, 0.99];

pub fn table(rows: &[Row], measured: &[Vec<Turn>], idle_receiver: bool) -> String {
    let mut table = String::from(
        "| on / off | P50 | P95 | P99 | P95 off, µs | callers' CPU, µs a request | worker's |\n\
         | --- | --: | --: | --: | --: | --: | --: |\n",
    );
    for (row, turns) in rows.iter().zip(measured) {
        let _ = write!(table, "| {} |", row.title);
        for share in SHARES {
            let ratio = |turn: &Turn| percentile(&turn.on.latencies, share) / percentile(&turn.off.latencies, share);
            let Interval { median, low, high } = Interval::of(&turns.iter().map(ratio).collect::<Vec<_>>());
            let _ = write!(table, " {median:.3} [{low:.3}–{high:.3}] |");
        }
        let of = |figure: fn(&Turn) -> f64| median(&turns.iter().map(figure).collect::<Vec<_>>());
        let mean = turns.iter().map(|turn| turn.on.cpu.worker).sum::<f64>() / turns.len() as f64;
        let p95 = of(|turn| percentile(&turn.off.latencies, 0.95));
        let callers = of(|turn| turn.on.cpu.own - turn.off.cpu.own);
        let _ = writeln!(table, " {p95:.0} | {callers:+.1} | {mean:.1} |");
    }
    let turns = measured.first().map_or(0, Vec::len);
    let receiver = if idle_receiver { "at idle priority" } else { "at the service's priority" };
    let _ = writeln!(
        table,
        "\n{turns} turns of two blocks of {BLOCK} requests a row, {TURNS} in one process, one request each millisecond over one \
         connection; the order of the two is drawn. Medians over the turns, with a bootstrap interval of 95 %; the worker's CPU \
         is a mean. The receiver runs {receiver}.",
    );
    table
}

/// Replaces what stands between the markers.
pub fn write_into(file: &Path, marker: &str, table: &str) {
    let (begin, end) = (format!("<!-- {marker} table: begin -->"), format!("<!-- {marker} table: end -->"));
    let text = fs::read_to_string(file).expect("the document can be read");
    let (before, rest) = text.split_once(&begin).expect("the document has the first marker");
    let (_, after) = rest.split_once(&end).expect("the document has the second marker");
    fs::write(file, format!("{before}{begin}\n{table}{end}{after}")).expect("the document can be written");
}
