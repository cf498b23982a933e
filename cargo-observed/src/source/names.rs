//! The names under which the macros are known.

use std::collections::BTreeMap;

use syn::Path;
use syn::ext::IdentExt;

/// One of the toolkit's macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    /// `#[observed]`
    Observed,
    /// `observed_span!`
    Span,
    /// `observed_event!`
    Event,
    /// `observed_record!`
    Record,
}

/// The macros as the runtime calls them.
const OWN: &[(&str, Macro)] = &[
    ("observed", Macro::Observed),
    ("observed_span", Macro::Span),
    ("observed_event", Macro::Event),
    ("observed_record", Macro::Record),
];

/// Every name of a macro, those of imports and re-exports included.
#[derive(Clone, Debug)]
pub(crate) struct Names(BTreeMap<String, Macro>);

impl Default for Names {
    fn default() -> Self {
        Self(
            OWN.iter()
                .map(|(name, it)| ((*name).to_owned(), *it))
                .collect(),
        )
    }
}

impl Names {
    /// What the last part of a path names.
    pub(crate) fn last_of(&self, path: &Path) -> Option<Macro> {
        let last = path.segments.last()?;
        self.get(&last.ident.unraw().to_string())
    }

    pub(crate) fn get(&self, name: &str) -> Option<Macro> {
        self.0.get(name).copied()
    }

    /// Adds a name; returns false where it was known.
    pub(crate) fn add(&mut self, name: &str, it: Macro) -> bool {
        self.0.insert(name.to_owned(), it).is_none()
    }

    /// The names that are not the runtime's own.
    pub(crate) fn others(&self) -> Vec<String> {
        let own = |name: &str| OWN.iter().any(|(it, _)| *it == name);
        self.0.keys().filter(|name| !own(name)).cloned().collect()
    }
}
