//! Where settings come from: the process environment, or a map that a test or a program injects.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Values set in code, over a lookup.
#[derive(Clone)]
pub(crate) struct Source {
    set: HashMap<String, String>,
    lookup: Arc<Lookup>,
}

impl Default for Source {
    fn default() -> Self {
        Self {
            set: HashMap::new(),
            lookup: Arc::new(|name| std::env::var(name).ok()),
        }
    }
}

impl Source {
    pub(crate) fn replace(&mut self, lookup: Arc<Lookup>) {
        self.lookup = lookup;
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.set.insert(name.to_owned(), value.to_owned());
    }

    /// The value of a setting; an empty one counts as not set, as the OpenTelemetry specification wants.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let value = self
            .set
            .get(name)
            .cloned()
            .or_else(|| (self.lookup)(name))?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Source {
    /// Names only: values may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("set", &self.set.keys())
            .finish_non_exhaustive()
    }
}
