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

    /// What the first variable of several that is set says; all of them are checked, also where another one wins.
    pub(crate) fn first_valid<T>(
        &mut self,
        variables: &[&'static str],
        accepted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let mut first = None;
        for variable in variables {
            let Some(text) = self.text(variable) else {
                continue;
            };
            match parse(&text) {
                Some(value) => first = first.or(Some(value)),
                None => self.reject(variable, accepted),
            }
        }
        first
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
        let Some(value) = self.text(variable) else {
            return default;
        };
        count(&value).unwrap_or_else(|| {
            self.reject(variable, COUNT);
            default
        })
    }

    pub(crate) fn milliseconds(&mut self, variable: &str, default: usize) -> Duration {
        Duration::from_millis(self.count(variable, default) as u64)
    }

    /// A share from 0 to 1.
    pub(crate) fn ratio(&mut self, variable: &str, default: f64) -> f64 {
        let Some(value) = self.text(variable) else {
            return default;
        };
        share(&value).unwrap_or_else(|| {
            self.reject(variable, "a number from 0 to 1");
            default
        })
    }
}

/// What [`count`] takes.
pub(crate) const COUNT: &str = "a whole number from 1 to 10000000";

/// A whole number of at least one, in digits.
pub(crate) fn count(text: &str) -> Option<usize> {
    const LARGEST: usize = 10_000_000;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let count = text.parse().ok().filter(|_| is_plain)?;
    (1..=LARGEST).contains(&count).then_some(count)
}

/// A share from 0 to 1, without a sign.
pub(crate) fn share(text: &str) -> Option<f64> {
    let share: f64 = text.parse().ok()?;
    let is_unsigned = !text.starts_with(['-', '+']);
    (is_unsigned && (0.0..=1.0).contains(&share)).then_some(share)
}
