//! The printed tour: each step with its trace, the planted personal data, and the accounting.

use std::fmt::Write as _;
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

/// Prints text, with the end of a line. Not by `println!`, which panics where nobody reads on.
pub(super) fn say(text: &str) -> Result<(), TourError> {
    let mut out = io::stdout().lock();
    let said = writeln!(out, "{text}").and_then(|()| out.flush());
    said.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => TourError::NobodyReads,
        _ => TourError::Output(error),
    })
}

/// Prints one request with its answer and its trace.
pub(super) fn step(step: &Taken, trace: &str) -> Result<(), TourError> {
    let trace = if trace.is_empty() {
        "(no span: the request was refused before there was anything to trace)"
    } else {
        trace.trim_end()
    };
    let Taken {
        title,
        status,
        body,
        ..
    } = step;
    say(&format!("\n── {title} ──\n{status} {body}\n{trace}"))
}

/// Prints whether the planted personal data is in any span.
pub(super) fn privacy(traces: &str, options: &Options) -> Result<(), TourError> {
    let mut shown = "\n── Personal data ──".to_owned();
    let mut leaked = Vec::new();
    for (what, secret) in PLANTED {
        let found = traces.contains(secret);
        let answer = if found { "FOUND" } else { "no" };
        let _ = write!(
            shown,
            "\n{what:<22} planted in the requests, in the spans: {answer}"
        );
        if found {
            leaked.push(*what);
        }
    }
    if !options.json {
        say(&shown)?;
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
        say(&format!(
            "\n── Accounting ──\nstarted {} = exported {} + discarded {} + dropped {} + open {} + pending {}",
            spans.started,
            spans.exported,
            spans.discarded,
            spans.dropped.total(),
            spans.open,
            spans.pending
        ))?;
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
