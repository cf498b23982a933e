//! Where settings come from: the process environment, or values that a test or a program gives.

use std::collections::BTreeMap;
use std::fmt;

/// The prefixes of the variables that are settings.
const PREFIXES: [&str; 3] = ["TRACING_", "OTEL_", "OBSERVED_"];
/// Variables of the whole machine that are looked at too.
const OTHERS: [&str; 7] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// Values set in code, over those of the environment as it was when the source was made.
#[derive(Clone)]
pub(crate) struct Source(BTreeMap<String, String>);

impl Default for Source {
    fn default() -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let is_setting = PREFIXES.iter().any(|prefix| name.starts_with(prefix))
                || OTHERS.contains(&name.as_str());
            // A value that is not UTF-8 is malformed for every setting; the replacement character keeps it so.
            is_setting.then(|| (name, value.to_string_lossy().into_owned()))
        });
        Self(variables.collect())
    }
}

impl Source {
    pub(crate) fn replace(&mut self, settings: impl Iterator<Item = (String, String)>) {
        self.0 = settings.collect();
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// The value of a setting; an empty one counts as not set, as the OpenTelemetry specification wants.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        Some(self.0.get(name)?.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The names of everything that is given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl fmt::Debug for Source {
    /// Names only: values may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
