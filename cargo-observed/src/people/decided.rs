//! What people decided, as data.

use std::collections::BTreeMap;

use toml_edit::DocumentMut;

use super::renames::Renames;
use super::reviewed::{Import, Review};
use crate::catalogue::Level;
use crate::site::Site;

/// How a site stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// A person looked at what leaves now.
    Reviewed,
    /// It was there before reviews were.
    Exempt,
    /// Nobody looked at it.
    New,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed",
            Self::Exempt => "exempt",
            Self::New => "new",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Reviewed, Self::Exempt, Self::New]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

/// The whole file.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    /// As it was read, to write into.
    pub(crate) document: DocumentMut,
    pub(crate) levels: BTreeMap<String, Level>,
    pub(crate) settings: Settings,
    /// By package, or by `scope:NAME`.
    pub(crate) owners: BTreeMap<String, String>,
    pub(crate) reviews: BTreeMap<String, Review>,
    /// Seals, by the name of the site.
    pub(crate) exempt: BTreeMap<String, Vec<String>>,
    pub(crate) keys: BTreeMap<String, Processing>,
    /// Lines of sites that no source shows.
    pub(crate) unseen: Vec<Unseen>,
    /// Words of the team's own that stand for personal data.
    pub(crate) words: Vec<String>,
    /// Reviews that other repositories keep.
    pub(crate) imports: Vec<Import>,
    pub(crate) renames: Renames,
    /// Types that no source shows.
    pub(crate) types: Types,
}

/// Types of keys, by the name of the site.
pub(crate) type Types = BTreeMap<String, BTreeMap<String, String>>;

/// What the rules ask for.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Sites that one change may add.
    pub(crate) max_new: usize,
    /// Modules in which one change may add them.
    pub(crate) max_modules: usize,
    /// Described whose texts need a review, `*` for all.
    pub(crate) public_needs_review: Vec<String>,
    /// Described whose types may stay unknown, `*` for all.
    pub(crate) unknown_types: Vec<String>,
    /// A file with the value of `OBSERVED_ATTRIBUTE_ALLOWLIST`.
    pub(crate) allowlist: Option<String>,
    /// A configuration of the collector with `allowed_keys`.
    pub(crate) collector: Option<String>,
    /// A list of spans and events of `tracing` that leave, of `observed-tracing`.
    pub(crate) tracing: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_new: 10,
            max_modules: 1,
            public_needs_review: Vec::new(),
            unknown_types: Vec::new(),
            allowlist: None,
            collector: None,
            tracing: None,
        }
    }
}

/// A line of the lock that a test run printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unseen {
    pub(crate) text: String,
    /// The line of the file.
    pub(crate) line: usize,
}

/// Why a key may hold data about a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Processing {
    pub(crate) purpose: String,
    pub(crate) basis: String,
    pub(crate) retention: String,
}

impl People {
    /// How a site stands: by what leaves now, whatever was reviewed before.
    pub(crate) fn standing(&self, site: &Site) -> Standing {
        let seal = site.seal();
        let holds = |seals: &Vec<String>| seals.contains(&seal);
        if self.review(site).is_some() {
            return Standing::Reviewed;
        }
        if self.exempt.get(&site.name).is_some_and(holds) {
            return Standing::Exempt;
        }
        Standing::New
    }

    /// The review of what a site lets out now, and the import that it comes from.
    pub(crate) fn review(&self, site: &Site) -> Option<(&Review, Option<&Import>)> {
        let own = self.reviews.get(&site.name);
        if let Some(own) = own.filter(|it| it.seals.contains(&site.seal())) {
            return Some((own, None));
        }
        let mut imported = self.imports.iter();
        imported.find_map(|import| Some((import.review(site)?, Some(import))))
    }

    /// Who answers for a site.
    pub(crate) fn owner(&self, site: &Site) -> &str {
        let scope = site.scope.as_ref().map(|scope| format!("scope:{scope}"));
        let by_scope = scope.and_then(|scope| self.owners.get(&scope));
        by_scope
            .or_else(|| self.owners.get(&site.package))
            .map_or("", String::as_str)
    }
}
