//! Log lines, kept.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;

/// What was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Runs `work` under the subscriber that `make` makes, and returns what it wrote.
pub(crate) fn lines_of<S, R>(make: impl FnOnce(Lines) -> S, work: impl FnOnce() -> R) -> (R, String)
where
    S: Subscriber + Send + Sync + 'static,
{
    let lines = Lines::default();
    let result = tracing::subscriber::with_default(make(lines.clone()), work);
    let written = lines.0.lock().unwrap().clone();
    (result, String::from_utf8(written).unwrap())
}
