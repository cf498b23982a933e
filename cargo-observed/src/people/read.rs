//! Reads `observed.toml`; what is not known is refused, with its line.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{Document, Item, TableLike};

use super::decided::{People, Processing, Review};
use crate::catalogue::{self, Level};
use crate::failure::{Failure, Result};

/// The name of the file, at the workspace's root.
pub(crate) const FILE: &str = "observed.toml";

/// Reads the file of a workspace; nothing where there is none.
pub(crate) fn read(root: &Path) -> Result<Option<People>> {
    match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::at(Path::new(FILE), error)),
    }
}

/// Reads the text of the file.
pub(crate) fn parse(text: &str) -> Result<People> {
    let document: Document<String> = text.parse().map_err(|error: toml_edit::TomlError| {
        Failure::at(Path::new(FILE), error.to_string().trim())
    })?;
    let reader = Reader { text };
    let mut people = People::default();
    for (name, item) in document.iter() {
        let table = reader.table(name, item)?;
        match name {
            "levels" => people.levels = reader.levels(table)?,
            "settings" => reader.settings(table, &mut people)?,
            "owners" => people.owners = reader.each(table, Reader::text)?,
            "review" => people.reviews = reader.each(table, Reader::review)?,
            "exempt" => people.exempt = reader.each(table, Reader::texts)?,
            "keys" => people.keys = reader.each(table, Reader::purpose)?,
            "dictionary" => people.words = reader.words(table)?,
            _ => {
                let known = "levels, settings, owners, dictionary, keys, review, exempt";
                return Err(
                    reader.wrong(item, &format!("unknown table `{name}`; there are {known}"))
                );
            }
        }
    }
    people.document = document.into_mut();
    Ok(people)
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn line(&self, item: &Item) -> usize {
        let start = item.span().map_or(0, |span| span.start);
        self.text[..start].matches('\n').count() + 1
    }

    fn wrong(&self, item: &Item, message: &str) -> Failure {
        Failure::at(
            Path::new(FILE),
            format!("line {}: {message}", self.line(item)),
        )
    }

    fn table<'a>(&self, name: &str, item: &'a Item) -> Result<&'a dyn TableLike> {
        let message = format!("`{name}` is a table: write [{name}]");
        item.as_table_like()
            .ok_or_else(|| self.wrong(item, &message))
    }

    fn each<T>(
        &self,
        table: &dyn TableLike,
        read: impl Fn(&Self, &str, &Item) -> Result<T>,
    ) -> Result<BTreeMap<String, T>> {
        let entry = |(key, item): (&str, &Item)| Ok((key.to_owned(), read(self, key, item)?));
        table.iter().map(entry).collect()
    }

    fn text(&self, key: &str, item: &Item) -> Result<String> {
        let message = format!("`{key}` is a text: write {key} = \"..\"");
        item.as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.wrong(item, &message))
    }

    /// A text, or a list of texts.
    fn texts(&self, key: &str, item: &Item) -> Result<Vec<String>> {
        let Some(list) = item.as_array() else {
            return Ok(vec![self.text(key, item)?]);
        };
        let text = |it: &toml_edit::Value| it.as_str().map(str::to_owned);
        let message = format!("`{key}` is a text or a list of texts");
        list.iter()
            .map(text)
            .collect::<Option<_>>()
            .ok_or_else(|| self.wrong(item, &message))
    }

    fn number(&self, key: &str, item: &Item) -> Result<usize> {
        let message = format!("`{key}` is a number: write {key} = 10");
        let number = item.as_integer().and_then(|it| usize::try_from(it).ok());
        number.ok_or_else(|| self.wrong(item, &message))
    }

    /// `true`, `false`, or a list of packages.
    fn packages(&self, key: &str, item: &Item) -> Result<Vec<String>> {
        match item.as_bool() {
            Some(true) => Ok(vec!["*".to_owned()]),
            Some(false) => Ok(Vec::new()),
            None => self.texts(key, item),
        }
    }

    fn levels(&self, table: &dyn TableLike) -> Result<BTreeMap<String, Level>> {
        self.each(table, |it, id, item| {
            let written = it.text(id, item)?;
            if catalogue::find(id).is_none() {
                let message = format!("no rule `{id}`; `cargo observed explain` lists them");
                return Err(it.wrong(item, &message));
            }
            let message = format!("`{written}` is no level: write deny, warn or allow");
            Level::parse(&written).ok_or_else(|| it.wrong(item, &message))
        })
    }

    fn settings(&self, table: &dyn TableLike, people: &mut People) -> Result<()> {
        let settings = &mut people.settings;
        for (key, item) in table.iter() {
            match key {
                "max-new" => settings.max_new = self.number(key, item)?,
                "max-modules" => settings.max_modules = self.number(key, item)?,
                "public-needs-review" => settings.public_needs_review = self.packages(key, item)?,
                "unknown-types" => settings.unknown_types = self.packages(key, item)?,
                "allowlist" => settings.allowlist = Some(self.text(key, item)?),
                "collector" => settings.collector = Some(self.text(key, item)?),
                "tracing" => settings.tracing = Some(self.text(key, item)?),
                _ => {
                    let known = "max-new, max-modules, public-needs-review, unknown-types, allowlist, collector, tracing";
                    return Err(
                        self.wrong(item, &format!("unknown setting `{key}`; there are {known}"))
                    );
                }
            }
        }
        Ok(())
    }

    fn words(&self, table: &dyn TableLike) -> Result<Vec<String>> {
        let mut words = Vec::new();
        for (key, item) in table.iter() {
            if key != "words" {
                return Err(self.wrong(
                    item,
                    &format!("unknown entry `{key}`; there is words = [\"..\"]"),
                ));
            }
            words = self.texts(key, item)?;
        }
        Ok(words)
    }

    fn review(&self, name: &str, item: &Item) -> Result<Review> {
        let mut review = Review {
            line: self.line(item),
            ..Review::default()
        };
        for (key, item) in self.table(name, item)?.iter() {
            match key {
                "who" => review.who = self.text(key, item)?,
                "when" => review.when = self.text(key, item)?,
                "url" => review.url = self.text(key, item)?,
                "fingerprint" => review.seals = self.texts(key, item)?,
                "expires" => review.expires = Some(self.day(key, item)?),
                _ => {
                    let known = "who, when, url, fingerprint, expires";
                    return Err(self.wrong(
                        item,
                        &format!("unknown entry `{key}`; a review has {known}"),
                    ));
                }
            }
        }
        Ok(review)
    }

    fn day(&self, key: &str, item: &Item) -> Result<String> {
        let day = self.text(key, item)?;
        let shape: String = day
            .chars()
            .map(|it| if it.is_ascii_digit() { '0' } else { it })
            .collect();
        if shape == "0000-00-00" {
            return Ok(day);
        }
        Err(self.wrong(
            item,
            &format!("`{key}` is a day: write {key} = \"2027-01-31\""),
        ))
    }

    fn purpose(&self, name: &str, item: &Item) -> Result<Processing> {
        let mut purpose = Processing::default();
        for (key, item) in self.table(name, item)?.iter() {
            match key {
                "purpose" => purpose.purpose = self.text(key, item)?,
                "basis" => purpose.basis = self.text(key, item)?,
                "retention" => purpose.retention = self.text(key, item)?,
                _ => {
                    let message =
                        format!("unknown entry `{key}`; a key has purpose, basis, retention");
                    return Err(self.wrong(item, &message));
                }
            }
        }
        Ok(purpose)
    }
}
