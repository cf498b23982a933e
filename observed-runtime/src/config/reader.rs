//! Reads typed settings and collects what is wrong with them; values are never part of the message.

use std::time::Duration;

use super::Source;

/// Reads settings; a malformed one is noted and its default used, until [`Reader::finish`] refuses them all.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    source: &'a Source,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            problems: Vec::new(),
        }
    }

    /// Notes that `variable` is malformed and what would be accepted.
    pub(crate) fn reject(&mut self, variable: &str, accepted: &str) {
        self.problems
            .push(format!("{variable} is malformed: it takes {accepted}"));
    }

    /// Notes that `variable` asks for something that this build cannot do.
    pub(crate) fn refuse(&mut self, variable: &str, why: &str) {
        self.problems
            .push(format!("{variable} is not supported: {why}; unset it"));
    }

    /// Everything that was wrong, or nothing.
    pub(crate) fn finish(self) -> Result<(), String> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(self.problems.join("; "))
        }
    }

    pub(crate) fn text(&self, variable: &str) -> Option<String> {
        self.source.get(variable)
    }

    /// The first variable of several that is set, with its name.
    pub(crate) fn first_of(&self, variables: &[&'static str]) -> Option<(&'static str, String)> {
        variables
            .iter()
            .find_map(|variable| Some((*variable, self.text(variable)?)))
    }

    pub(crate) fn flag(&mut self, variable: &str, default: bool) -> bool {
        match self
            .text(variable)
            .map(|value| value.to_ascii_lowercase())
            .as_deref()
        {
            None => default,
            Some("1" | "true") => true,
            Some("0" | "false") => false,
            Some(_) => {
                self.reject(variable, "1, 0, true or false");
                default
            }
        }
    }

    /// A whole number of at least one.
    pub(crate) fn count(&mut self, variable: &str, default: usize) -> usize {
        const LARGEST: usize = 10_000_000;
        let Some(value) = self.text(variable) else {
            return default;
        };
        match value.parse() {
            Ok(count) if (1..=LARGEST).contains(&count) => count,
            _ => {
                self.reject(variable, "a whole number from 1 to 10000000");
                default
            }
        }
    }

    pub(crate) fn milliseconds(&mut self, variable: &str, default: usize) -> Duration {
        Duration::from_millis(self.count(variable, default) as u64)
    }

    /// A share from 0 to 1.
    pub(crate) fn ratio(&mut self, variable: &str, default: f64) -> f64 {
        let Some(value) = self.text(variable) else {
            return default;
        };
        match value.parse() {
            Ok(ratio) if (0.0..=1.0).contains(&ratio) => ratio,
            _ => {
                self.reject(variable, "a number from 0 to 1");
                default
            }
        }
    }
}
