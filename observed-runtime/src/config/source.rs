//! Where settings come from: the process environment, or values that a test or a program gives.

use std::collections::BTreeMap;
use std::fmt;

use super::known;

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

/// Values set one by one in code, over those of the environment as it was when the source was made.
#[derive(Clone)]
pub(crate) struct Source {
    in_code: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
    /// The text of the program's `observed.lock`.
    lock: Option<String>,
}

impl Default for Source {
    fn default() -> Self {
        // On WebAssembly without a system there are none, and to list them panics.
        let has_any = !cfg!(all(target_family = "wasm", target_os = "unknown"));
        let all = has_any.then(std::env::vars_os).into_iter().flatten();
        let variables = all.filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let is_setting = PREFIXES.iter().any(|prefix| name.starts_with(prefix))
                || OTHERS.contains(&name.as_str())
                || known::meant_by(&name).is_some();
            // A value that is not UTF-8 is malformed for every setting; the replacement character keeps it so.
            is_setting.then(|| (name, value.to_string_lossy().into_owned()))
        });
        Self {
            in_code: BTreeMap::new(),
            environment: variables.collect(),
            lock: None,
        }
    }
}

impl Source {
    /// Takes these values in place of the environment's; those that were set in code stay.
    pub(crate) fn replace(&mut self, settings: impl Iterator<Item = (String, String)>) {
        self.environment = settings.collect();
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.in_code.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn set_lock(&mut self, text: &str) {
        self.lock = Some(text.to_owned());
    }

    pub(crate) fn lock(&self) -> Option<&str> {
        self.lock.as_deref()
    }

    /// The value of a setting; an empty one counts as not set, as the OpenTelemetry specification wants.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let value = self.in_code.get(name).or(self.environment.get(name))?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// True where code set it, and not the environment.
    pub(crate) fn is_in_code(&self, name: &str) -> bool {
        self.in_code.contains_key(name)
    }

    /// The names of everything that is given, each once.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let only_there = |name: &&String| !self.in_code.contains_key(*name);
        let names = self.environment.keys().filter(only_there);
        self.in_code.keys().chain(names).map(String::as_str)
    }
}

impl fmt::Debug for Source {
    /// Names only: values may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
