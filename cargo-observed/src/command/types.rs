//! Types that no source shows, as a test run showed them: written down in `observed.toml` under `[types]`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::lock::Line;
use crate::people::{self, People, Types};
use crate::site::{Class, Recorded, Site};
use crate::survey::{self, Survey};
use crate::trace;

/// Gives the keys of the sites that have no type the one that is written down for them.
pub(super) fn add(survey: &mut Survey) -> Result<()> {
    let people = people::read(survey::root(&survey.packages))?.unwrap_or_default();
    fill(&mut survey.sites, &people.types);
    Ok(())
}

fn fill(sites: &mut [Site], types: &Types) {
    for site in sites {
        let Some(of_site) = types.get(&site.name) else {
            continue;
        };
        for key in site.keys.iter_mut().filter(|it| is_unknown(it)) {
            if let Some(ty) = of_site.get(&key.key) {
                key.class = class(ty);
                key.ty.clone_from(ty);
            }
        }
    }
}

fn is_unknown(key: &Recorded) -> bool {
    key.class == Class::Unknown
}

/// The class of a type that a trace shows; what leaves as text without a wrapper is an enum or a type that lets its text out.
fn class(ty: &str) -> Class {
    match ty.trim_end_matches("[]") {
        "bool" => Class::Flag,
        "text" => Class::Text,
        _ => Class::Number,
    }
}

/// Writes the types that an exported trace shows into `observed.toml`, for the keys that have none.
pub(super) fn take(survey: &mut Survey, people: &mut People, file: &Path) -> Result<String> {
    let records = trace::read(file)?;
    let mut found = Types::new();
    for site in survey.sites.iter().filter(|site| site.is_member) {
        let line = Line::of(site, people.standing(site));
        for key in site.keys.iter().filter(|it| is_unknown(it)) {
            let of_site = records
                .iter()
                .filter(|it| it.what == site.what && line.is_called(&it.name));
            let types: BTreeSet<&str> = of_site
                .flat_map(|record| &record.attributes)
                .filter(|(name, _)| *name == key.key)
                .filter_map(|(_, ty)| *ty)
                .collect();
            if types.len() > 1 {
                let listed = types.into_iter().collect::<Vec<_>>().join(" and ");
                let message = format!("`{}` of `{}` is {listed}: use two keys", key.key, site.name);
                return Err(Failure::at(file, message));
            }
            if let Some(ty) = types.first() {
                let of_name = found.entry(site.name.clone()).or_default();
                of_name.insert(key.key.clone(), (*ty).to_owned());
            }
        }
    }
    people::types(&mut people.document, &found);
    fill(&mut survey.sites, &found);
    Ok(people.document.to_string())
}
