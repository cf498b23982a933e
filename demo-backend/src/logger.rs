//! The log of the program: the lines of `env_logger`, with the ids of the span that they are written in.

use log::{Log, Metadata, Record};
use observed_runtime::context;

/// A logger whose messages end with `trace_id`, `span_id` and `trace_flags` inside a span.
struct WithIds<L>(L);

impl<L: Log> Log for WithIds<L> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.0.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        match context::ids() {
            Some(ids) => {
                let message = record.args();
                let mut record = record.to_builder();
                self.0
                    .log(&record.args(format_args!("{message} {ids}")).build());
            }
            None => self.0.log(record),
        }
    }

    fn flush(&self) {
        self.0.flush();
    }
}

/// Makes it the program's; `RUST_LOG` says otherwise than `level`.
pub(crate) fn init(level: &str) {
    let environment = env_logger::Env::default().default_filter_or(level);
    let logger = env_logger::Builder::from_env(environment).build();
    let most = logger.filter();
    if log::set_boxed_logger(Box::new(WithIds(logger))).is_ok() {
        log::set_max_level(most);
    }
}
