//! Reviews: of this workspace, and of the repositories whose libraries it builds.

use crate::site::Site;

/// That a person looked at what leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Review {
    pub(crate) who: String,
    pub(crate) when: String,
    pub(crate) url: String,
    /// The seals of the sites that were shown.
    pub(crate) seals: Vec<String>,
    /// The day after which it must be looked at again, `YYYY-MM-DD`.
    pub(crate) expires: Option<String>,
    /// The line of the file.
    pub(crate) line: usize,
}

/// Where the reviews of another repository lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Import {
    /// By which `observed.toml` calls it.
    pub(crate) name: String,
    /// From the workspace's root.
    pub(crate) file: String,
    pub(crate) sha256: String,
    /// The dependencies that it answers for, `*` for all.
    pub(crate) packages: Vec<String>,
    /// The line of `observed.toml`.
    pub(crate) line: usize,
    /// What the file holds, by the name of the site.
    pub(crate) reviews: Vec<(String, Review)>,
}

impl Import {
    /// What must be written and is not.
    pub(super) fn lacks(&self) -> Option<&'static str> {
        if self.file.is_empty() {
            Some("file = \"..\": a copy of the other repository's observed.toml")
        } else if self.sha256.is_empty() {
            Some("sha256 = \"..\", as `sha256sum` prints it of the file")
        } else if self.packages.is_empty() {
            Some("packages = [\"..\"]: the dependencies whose reviews it holds")
        } else {
            None
        }
    }

    /// The review of a site, where this import answers for its package. What the workspace itself annotates is reviewed here.
    pub(crate) fn review(&self, site: &Site) -> Option<&Review> {
        if site.is_member || !lists(&self.packages, &site.package) {
            return None;
        }
        let seal = site.seal();
        let mut reviews = self.reviews.iter().filter(|(name, _)| *name == site.name);
        let found = reviews.find(|(_, review)| review.seals.contains(&seal));
        found.map(|(_, review)| review)
    }
}

/// Whether a list of packages holds this one.
pub(crate) fn lists(packages: &[String], package: &str) -> bool {
    packages.iter().any(|it| it == "*" || it == package)
}
