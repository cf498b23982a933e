//! Everything that leaves, read from the sources of a workspace.

mod every;
mod file;
mod resolve;
mod rounds;
mod seen;
mod wanted;

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::MetadataCommand;

use crate::failure::Result;
use crate::packages::{self, Described, Package};
use crate::site::Site;
use crate::source::Fact;
use crate::source::names::Names;
pub use every::{EveryFile, every_file};
use file::Known;
use seen::Seen;
pub(crate) use seen::Size;

/// What the sources say.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) packages: Described,
    /// By name, then by path.
    pub(crate) sites: Vec<Site>,
    pub(crate) facts: Vec<PackageFact>,
    /// How much was read.
    pub(crate) size: Size,
}

/// A fact with the package that it was found in.
#[derive(Debug)]
pub(crate) struct PackageFact {
    pub(crate) package: String,
    pub(crate) is_member: bool,
    pub(crate) fact: Fact,
}

impl Survey {
    /// Adds sites that no source shows.
    pub(crate) fn add(&mut self, sites: Vec<Site>) {
        self.sites.extend(sites);
        self.sites.sort_by(|a, b| order(a).cmp(&order(b)));
    }
}

/// Reads the workspace that cargo describes.
pub(crate) fn of_workspace(command: &MetadataCommand, progress: &dyn Fn(Size)) -> Result<Survey> {
    of_packages(packages::read(command)?, progress)
}

/// Reads the sources of these packages.
pub(crate) fn of_packages(packages: Described, progress: &dyn Fn(Size)) -> Result<Survey> {
    let mut names = Names::default();
    let mut seen = rounds::all(&packages, &names, progress)?;
    // A name under which a macro is re-exported may stand in files that hold no other word, and get a third name there.
    while renamed(&seen, &packages, &mut names) {
        rounds::parse_again(&mut seen, &packages, &names, |text| {
            names
                .others()
                .iter()
                .any(|name| text.contains(name.as_str()))
        })?;
    }
    wanted::read_wanted_types(&mut seen, &packages, &names)?;
    let size = size(&seen);
    let mut facts = Vec::new();
    for file in &mut seen {
        let package = &packages.packages[file.member.package];
        let found = file.read.iter_mut().flat_map(|read| read.facts.drain(..));
        facts.extend(found.map(|fact| PackageFact {
            package: package.name.clone(),
            is_member: package.is_member,
            fact,
        }));
    }
    // A file of two crates is read twice; what is wrong in it is wrong once.
    facts.sort_by(|a, b| (&a.fact.place, &a.fact.rule).cmp(&(&b.fact.place, &b.fact.rule)));
    facts.dedup_by(|a, b| a.fact.place == b.fact.place && a.fact.rule == b.fact.rule);
    Ok(Survey {
        sites: sites(seen),
        facts,
        size,
        packages,
    })
}

fn sites(mut seen: Vec<Seen>) -> Vec<Site> {
    let types = resolve::Types::of(&seen);
    let mut sites = Vec::new();
    for file in &mut seen {
        let found = file.read.iter_mut().flat_map(|read| read.sites.drain(..));
        sites.extend(found.map(|site| types.resolved(site)));
    }
    sites.sort_by(|a: &Site, b| order(a).cmp(&order(b)));
    let mut places = BTreeSet::new();
    sites.retain(|site| places.insert((site.place.clone(), site.cfg.clone())));
    sites
}

fn order(site: &Site) -> (&str, &str, u64, &crate::place::Place) {
    (&site.name, &site.path, site.fingerprint.0, &site.place)
}

fn size(seen: &[Seen]) -> Size {
    Size {
        files: seen.len(),
        parsed: seen.iter().filter(|file| file.read.is_some()).count(),
        lines: seen.iter().map(|file| file.text.lines().count()).sum(),
    }
}

/// Adds the names that imports give to macros; returns true where there was a new one.
fn renamed(seen: &[Seen], packages: &Described, names: &mut Names) -> bool {
    let mut is_new = false;
    for file in seen {
        let known = Known::of(&packages.packages[file.member.package], packages);
        for import in file.read.iter().flat_map(|read| &read.imports) {
            let original = import.target.last().and_then(|it| names.get(it));
            let is_ours = import
                .target
                .first()
                .is_some_and(|it| known.may_lead_to_macros(it));
            if let Some(which) = original.filter(|_| is_ours && import.name != "_") {
                is_new |= names.add(&import.name, which);
            }
        }
    }
    is_new
}

/// Where a workspace's files are shown from.
pub(crate) fn root(packages: &Described) -> &Path {
    &packages.root
}

/// The package of a site.
pub(crate) fn package<'a>(packages: &'a Described, name: &str) -> Option<&'a Package> {
    packages.packages.iter().find(|it| it.name == name)
}
