//! The program's own tracing in a test program, set by the environment, and how many spans it recorded.

use std::fs::File;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::lifecycle::{Tracing, init_tracing, status};
use crate::status::State;

/// Names a file to which each test program appends how many spans it recorded.
const REPORT: &str = "OBSERVED_TEST_REPORT";
/// How long the last test of a program waits for what is pending.
const FLUSH: Duration = Duration::from_secs(2);

static RUNNING: Mutex<Option<Running>> = Mutex::new(None);

/// What the tests of one program share.
struct Running {
    tests: usize,
    tracing: Tracing,
    report: Option<File>,
    /// Spans that the program had recorded by itself before its tests asked.
    before: u64,
}

/// Keeps the tracing of a test program alive; made by [`init_from_env`].
#[derive(Debug)]
#[must_use = "tracing ends when this is dropped: write `let _tracing = testing::init_from_env();`"]
pub struct FromEnv(());

/// Switches tracing on in a test program as the environment says, as `init_tracing` does in `main`.
///
/// Without it a test records nothing, whatever the environment says, because only `main` initialises tracing. Tests that run
/// at the same time share one pipeline; it ends with the last of them. With nothing set, tracing is off here too.
///
/// With `OBSERVED_TEST_REPORT=FILE` each test program appends a line to the file: the number of spans that it recorded,
/// and its name. `deploy/postflight.sh` fails where the sum is 0.
///
/// ```
/// use observed_runtime::{observed, testing};
///
/// #[observed(name = "double", attrs(n))]
/// fn double(n: u32) -> u32 {
///     n * 2
/// }
///
/// let _tracing = testing::init_from_env();
/// assert_eq!(double(4), 8);
/// ```
///
/// # Panics
///
/// Where the settings leave tracing off although they do not say so, such as a malformed one; and where the file of
/// `OBSERVED_TEST_REPORT` cannot be written.
#[track_caller]
pub fn init_from_env() -> FromEnv {
    let mut running = lock();
    if let Some(running) = &mut *running {
        running.tests += 1;
        return FromEnv(());
    }
    let tracing = init_tracing("tests");
    let status = status();
    if let State::Failed { reason } = status.state {
        panic!("the tests are not traced: {reason}");
    }
    *running = Some(Running {
        tests: 1,
        tracing,
        report: std::env::var_os(REPORT).map(|file| open(&file)),
        before: status.spans.started,
    });
    FromEnv(())
}

impl Drop for FromEnv {
    fn drop(&mut self) {
        let mut running = lock();
        let Some(shared) = &mut *running else { return };
        shared.tests -= 1;
        if shared.tests > 0 {
            return;
        }
        // Under the lock, so that a test that begins now waits and gets a pipeline of its own.
        if let Some(ended) = running.take() {
            crate::flush(FLUSH);
            ended.report();
        }
    }
}

impl Running {
    fn report(self) {
        let recorded = status().spans.started.saturating_sub(self.before);
        let program = std::env::args().next().unwrap_or_default();
        if let Some(mut report) = self.report {
            // One write, because other programs append too. A test must not fail here: whoever reads misses the line.
            let _ = report.write_all(format!("{recorded} {program}\n").as_bytes());
        }
        drop(self.tracing);
    }
}

#[track_caller]
fn open(file: &std::ffi::OsStr) -> File {
    let opened = File::options().append(true).create(true).open(file);
    opened.unwrap_or_else(|error| {
        panic!("{REPORT} cannot be written: {error}; expected a file in a folder that exists")
    })
}

fn lock() -> MutexGuard<'static, Option<Running>> {
    // A test that panics here leaves it as it was.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
