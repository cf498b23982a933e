//! Words for states, for health pages and metrics.

use super::{State, WorkerState};

/// All classes of failed exports; docs/TRACING-TROUBLESHOOTING.md says what they mean.
pub(crate) const FAILURES: &[&str] = &[
    "timeout",
    "exporter panicked",
    "exporter shut down",
    "export failed",
    "not_encoded",
    "refused",
    "unresolved",
    "tls",
    "unauthorized",
    "forbidden",
    "not_found",
    "wrong_protocol",
    "too_large",
    "throttled",
    "unavailable",
    "rejected",
    "broken",
];

impl State {
    /// All that `as_str` may say.
    pub(crate) const WORDS: &'static [&'static str] = &[
        "not_initialised",
        "ended",
        "compiled_out",
        "disabled",
        "enabled",
        "failed",
    ];

    /// The state as one word, for a health page.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            State::NotInitialised => "not_initialised",
            State::Ended => "ended",
            State::CompiledOut => "compiled_out",
            State::Disabled => "disabled",
            State::Enabled => "enabled",
            State::Failed { .. } => "failed",
        }
    }
}

impl WorkerState {
    /// All that `as_str` may say.
    pub(crate) const WORDS: &'static [&'static str] =
        &["not_running", "exporting", "failing", "paused"];

    /// What it does as one word, for a health page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            WorkerState::NotRunning => "not_running",
            WorkerState::Exporting => "exporting",
            WorkerState::Failing => "failing",
            WorkerState::Paused => "paused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_words_hold_what_states_are_called() {
        let states = [
            State::NotInitialised,
            State::Ended,
            State::CompiledOut,
            State::Disabled,
            State::Enabled,
            State::Failed {
                reason: String::new(),
            },
        ];
        assert_eq!(State::WORDS, states.each_ref().map(State::as_str));
        let workers = [
            WorkerState::NotRunning,
            WorkerState::Exporting,
            WorkerState::Failing,
            WorkerState::Paused,
        ];
        assert_eq!(WorkerState::WORDS, workers.map(WorkerState::as_str));
    }
}
