//! What the runtime logs in this process.

use std::collections::BTreeSet;
use std::sync::Mutex;

use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{flush, observed_span};

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, on, work};

/// The target and the text of each line.
static LOGGED: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

struct Collecting;

impl log::Log for Collecting {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        // By its words, so that a line under another target is seen to be one.
        let line = record.args().to_string();
        if line.starts_with("tracing: ") {
            LOGGED
                .lock()
                .unwrap()
                .push((record.target().to_owned(), line));
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
    let logged = LOGGED.lock().unwrap();
    logged.iter().map(|(_, line)| line.clone()).collect()
}

/// The targets of all lines, each once.
pub(crate) fn targets() -> BTreeSet<String> {
    let logged = LOGGED.lock().unwrap();
    logged.iter().map(|(target, _)| target.clone()).collect()
}

#[test]
fn every_line_has_the_one_target_that_the_settings_page_names() {
    in_a_process_of_its_own(|| {
        collect();
        let exporter = FakeExporter::with_manner(Manner::Fails);
        let tracing = on().with_exporter(exporter.clone()).init();
        let again = on().set("OTEL_BSP_SCHEDULE_DELAY", "70").init();
        work();
        assert!(flush(SOON));
        exporter.set_manner(Manner::Accepts);
        work();
        assert!(flush(SOON));
        let open = observed_span!(name = "left_open");
        tracing.shutdown(SOON);
        drop((open, again));
        for line in [
            "initialised: ",
            "again with other settings",
            "being lost on the way",
            "spans reach",
            "ended; ",
        ] {
            assert_eq!(count(line), 1, "{line}: {:?}", all());
        }
        assert_eq!(targets(), BTreeSet::from(["observed".to_owned()]));
    });
}
