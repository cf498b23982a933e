//! Reads typed settings and collects what is wrong with them; values are never part of the message.

use std::time::Duration;

use super::Source;

/// Settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Which, and what they take.
    pub(crate) reason: String,
    /// What would be ignored; names and what was expected, never a value.
    pub(crate) warnings: Vec<String>,
}

impl Refused {
    /// All of them, for a reason that is none of theirs.
    pub(crate) fn all(reason: &str) -> Self {
        Self {
            reason: reason.to_owned(),
            warnings: Vec::new(),
        }
    }
}

/// Reads settings; a malformed one is noted and its default used, until [`Reader::finish`] refuses them all.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    source: &'a Source,
    problems: Vec<String>,
    warnings: Vec<String>,
    /// What is read now is not used: nothing that is wrong with it is fatal.
    is_unused: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            problems: Vec::new(),
            warnings: Vec::new(),
            is_unused: false,
        }
    }

    /// Notes that `variable` is malformed and what would be accepted.
    pub(crate) fn reject(&mut self, variable: &str, accepted: &str) {
        if self.is_unused {
            return self.warn(
                variable,
                &format!("not used, and malformed: it takes {accepted}"),
            );
        }
        self.problems
            .push(format!("{variable} is malformed: it takes {accepted}"));
    }

    /// Notes that `variable` asks for something that this build cannot do.
    pub(crate) fn refuse(&mut self, variable: &str, why: &str) {
        if self.is_unused {
            return self.warn(variable, &format!("not used, and not supported: {why}"));
        }
        self.problems
            .push(format!("{variable} is not supported: {why}; unset it"));
    }

    /// Notes what else is wrong with what the program was given.
    pub(crate) fn fail(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// Notes something about `variable` that harms nothing; each word once, and never a value.
    pub(crate) fn warn(&mut self, variable: &str, what: &str) {
        let warning = format!("{variable}: {what}");
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Reads what is not used: what is wrong with it is warned of.
    pub(crate) fn unused<T>(&mut self, unused: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.is_unused;
        self.is_unused = before || unused;
        let read = read(self);
        self.is_unused = before;
        read
    }

    /// The warnings, or everything that was wrong.
    pub(crate) fn finish(self) -> Result<Vec<String>, Refused> {
        if self.problems.is_empty() {
            Ok(self.warnings)
        } else {
            Err(Refused {
                reason: self.problems.join("; "),
                warnings: self.warnings,
            })
        }
    }

    pub(crate) fn text(&self, variable: &str) -> Option<String> {
        self.source.get(variable)
    }

    /// The first variable of several that is set, with its name: code wins over the environment, whatever the form.
    pub(crate) fn first_of(&self, variables: &[&'static str]) -> Option<(&'static str, String)> {
        self.all_of(variables).into_iter().next()
    }

    /// All variables of several that are set, the one that wins first.
    fn all_of(&self, variables: &[&'static str]) -> Vec<(&'static str, String)> {
        let set = variables
            .iter()
            .filter_map(|variable| Some((*variable, self.text(variable)?)));
        let mut all: Vec<_> = set.collect();
        all.sort_by_key(|(variable, _)| !self.is_in_code(variable));
        all
    }

    pub(crate) fn is_in_code(&self, variable: &str) -> bool {
        self.source.is_in_code(variable)
    }

    /// What the variable that wins of several says. The others are looked at too, and what is wrong with them is warned
    /// of.
    pub(crate) fn first_valid<T>(
        &mut self,
        variables: &[&'static str],
        accepted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let mut first = None;
        for (at, (variable, text)) in self.all_of(variables).into_iter().enumerate() {
            match parse(&text) {
                Some(value) if at == 0 => first = Some(value),
                Some(_) => {}
                None => self.unused(at > 0, |reader| reader.reject(variable, accepted)),
            }
        }
        first
    }

    /// A switch of the specification: true or false, in any case, and anything else is false with a warning.
    pub(crate) fn standard_switch(&mut self, variable: &str) -> bool {
        let value = self.text(variable).unwrap_or_default();
        let is_true = value.eq_ignore_ascii_case("true");
        if !is_true && !value.is_empty() && !value.eq_ignore_ascii_case("false") {
            self.warn(variable, "counts as false: it takes true or false");
        }
        is_true
    }

    pub(crate) fn switch(&mut self, variable: &str, default: bool) -> bool {
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
    pub(crate) fn count(&mut self, variable: &'static str, default: usize) -> usize {
        let count = self.first_valid(&[variable], COUNT, count);
        count.unwrap_or(default)
    }

    /// A wait; 0 is one too.
    pub(crate) fn milliseconds(&mut self, variable: &'static str, default: usize) -> Duration {
        let milliseconds = self.first_valid(&[variable], LIMIT, limit);
        Duration::from_millis(milliseconds.unwrap_or(default) as u64)
    }

    /// The longest that something may take; 0 is no limit, as the specification has it.
    pub(crate) fn timeout(&mut self, variables: &[&'static str], default: usize) -> Duration {
        let milliseconds = self.first_valid(variables, LIMIT, limit);
        let limit = milliseconds.unwrap_or(default);
        Duration::from_millis(if limit == 0 { LARGEST } else { limit } as u64)
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

/// The largest number that the specification wants to be taken; as a time some 25 days, which is no limit.
const LARGEST: usize = 2_147_483_647;
/// What [`count`] takes.
pub(crate) const COUNT: &str = "a whole number from 1 to 2147483647";
/// What [`limit`] takes.
pub(crate) const LIMIT: &str = "a whole number from 0 to 2147483647";

/// A whole number of at least one, in digits.
pub(crate) fn count(text: &str) -> Option<usize> {
    limit(text).filter(|count| *count > 0)
}

/// A whole number, in digits.
pub(crate) fn limit(text: &str) -> Option<usize> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let limit = text.parse().ok().filter(|_| is_plain)?;
    (limit <= LARGEST).then_some(limit)
}

/// A share from 0 to 1, without a sign.
pub(crate) fn share(text: &str) -> Option<f64> {
    let share: f64 = text.parse().ok()?;
    let is_unsigned = !text.starts_with(['-', '+']);
    (is_unsigned && (0.0..=1.0).contains(&share)).then_some(share)
}
