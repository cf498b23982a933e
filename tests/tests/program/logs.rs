//! What the runtime logs in this process.

use std::sync::Mutex;

static LOGGED: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collecting;

impl log::Log for Collecting {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.target().starts_with("observed") {
            LOGGED.lock().unwrap().push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Collects from now on, and forgets what was before.
pub(crate) fn collect() {
    let _ = log::set_logger(&Collecting);
    log::set_max_level(log::LevelFilter::Info);
    LOGGED.lock().unwrap().clear();
}

/// How many lines contain `text`.
pub(crate) fn count(text: &str) -> usize {
    all().iter().filter(|line| line.contains(text)).count()
}

pub(crate) fn all() -> Vec<String> {
    LOGGED.lock().unwrap().clone()
}
