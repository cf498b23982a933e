//! The printed tour: each step with its trace, the planted personal data, and the accounting.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use observed_runtime::status;

use super::error::TourError;
use super::options::Options;
use super::script::PLANTED;
use super::taken::Taken;

/// The printed traces: those since the last page, and all.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages(Arc<Mutex<Text>>);

#[derive(Debug, Default)]
struct Text {
    all: Vec<u8>,
    shown: usize,
}

impl Pages {
    /// Returns what was written since the last call.
    pub(super) fn next(&self) -> String {
        let mut text = self.lock();
        let fresh = String::from_utf8_lossy(&text.all[text.shown..]).into_owned();
        text.shown = text.all.len();
        fresh
    }

    /// Returns everything that was written.
    pub(super) fn everything(&self) -> String {
        String::from_utf8_lossy(&self.lock().all).into_owned()
    }

    fn lock(&self) -> MutexGuard<'_, Text> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Pages {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Prints one request with its answer and its trace.
pub(super) fn step(step: &Taken, trace: &str) {
    println!("\n── {} ──", step.title);
    println!("{} {}", step.status, step.body);
    if trace.is_empty() {
        println!("(no span: the request was refused before there was anything to trace)");
    } else {
        print!("{trace}");
    }
}

/// Prints whether the planted personal data is in any span.
pub(super) fn privacy(traces: &str, options: &Options) -> Result<(), TourError> {
    let say = |line: String| {
        if !options.json {
            println!("{line}");
        }
    };
    say("\n── Personal data ──".to_owned());
    let mut leaked = Vec::new();
    for (what, secret) in PLANTED {
        let found = traces.contains(secret);
        let answer = if found { "FOUND" } else { "no" };
        say(format!(
            "{what:<22} planted in the requests, in the spans: {answer}"
        ));
        if found {
            leaked.push(*what);
        }
    }
    if leaked.is_empty() {
        Ok(())
    } else {
        Err(TourError::Leaked(leaked))
    }
}

/// Prints where every span went.
pub(super) fn accounting(options: &Options) -> Result<(), TourError> {
    let status = status();
    let spans = status.spans;
    if !options.json {
        println!("\n── Accounting ──");
        println!(
            "started {} = exported {} + discarded {} + dropped {} + open {} + pending {}",
            spans.started,
            spans.exported,
            spans.discarded,
            spans.dropped.total(),
            spans.open,
            spans.pending
        );
    }
    let lost = spans.dropped.total();
    match status.last_export_error {
        _ if spans.started == 0 => Err(TourError::NoSpan),
        _ if lost == 0 && spans.adds_up() => Ok(()),
        Some(error) => Err(TourError::LostOnTheWay {
            lost,
            exporter: status.exporter,
            error: error.to_owned(),
        }),
        None => Err(TourError::Lost(lost)),
    }
}
