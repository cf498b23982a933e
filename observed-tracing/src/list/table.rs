//! The list as the layer asks it: by target and name, without a lock.

use std::collections::HashMap;

use observed_runtime::__private::Site;
use tracing_core::{Level, LevelFilter, Metadata};

use super::check::check;
use super::listed::{Kind, Listed};
use super::mistake::Mistakes;

/// A listed span or event, for as long as the program runs: what is recorded of it names it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) site: Site,
    /// Of the keys of the site.
    pub(crate) kinds: Vec<Kind>,
    name: Option<String>,
    level: Level,
}

/// The entries by their targets.
#[derive(Debug, Default)]
pub(crate) struct Table {
    spans: HashMap<String, Vec<&'static Entry>>,
    events: HashMap<String, Vec<&'static Entry>>,
    most_verbose: Option<Level>,
}

impl Table {
    pub(crate) fn of(entries: &[Listed]) -> Result<Self, Mistakes> {
        check(entries)?;
        let mut table = Self::default();
        for listed in entries {
            table.most_verbose = table.most_verbose.max(Some(listed.level));
            let entries = if listed.is_span {
                &mut table.spans
            } else {
                &mut table.events
            };
            let of_target = entries.entry(listed.target.clone()).or_default();
            of_target.push(Entry::leaked(listed));
            // An entry of one name goes before that of all.
            of_target.sort_by_key(|entry| entry.name.is_none());
        }
        Ok(table)
    }

    /// The entry of a span or an event; none where it is not listed.
    pub(crate) fn find(&self, metadata: &Metadata<'_>) -> Option<&'static Entry> {
        if self
            .most_verbose
            .is_none_or(|most| *metadata.level() > most)
        {
            return None;
        }
        let entries = if metadata.is_span() {
            &self.spans
        } else {
            &self.events
        };
        let of_target = entries.get(metadata.target())?;
        let is_named = |entry: &&&Entry| {
            entry
                .name
                .as_deref()
                .is_none_or(|name| name == metadata.name())
        };
        let entry = of_target.iter().find(is_named)?;
        (*metadata.level() <= entry.level).then_some(entry)
    }

    /// What is more verbose than this is not listed.
    pub(crate) fn max_level(&self) -> LevelFilter {
        self.most_verbose
            .map_or(LevelFilter::OFF, LevelFilter::from_level)
    }
}

impl Entry {
    /// Made once for each entry of a list, and never given back: a record names it by its address.
    fn leaked(listed: &Listed) -> &'static Self {
        let keys: Vec<_> = listed.fields().map(|(key, _)| leaked(key)).collect();
        let package = listed.target.split("::").next().unwrap_or_default();
        let origin = [leaked(package), "", leaked(&listed.target), "", ""];
        Box::leak(Box::new(Self {
            site: Site(
                leaked(listed.exported()),
                1,
                Vec::leak(keys),
                leaked(&listed.scope),
                origin,
                0,
                listed.fingerprint(),
            ),
            kinds: listed.fields().map(|(_, kind)| kind).collect(),
            name: listed.name.clone(),
            level: listed.level,
        }))
    }

    /// The place of a field among the keys.
    pub(crate) fn place(&self, field: &str) -> Option<usize> {
        self.site.2.iter().position(|key| *key == field)
    }
}

fn leaked(text: &str) -> &'static str {
    if text.is_empty() {
        ""
    } else {
        String::leak(text.to_owned())
    }
}
