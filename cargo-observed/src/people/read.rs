//! Reads `observed.toml`; what is not known is refused, with its line.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{Document, TableLike};

use super::decided::{People, Unseen};
use super::reader::Reader;
use super::reviewed::Review;
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
    let reader = Reader {
        file: Path::new(FILE),
        text,
    };
    let document = document(&reader)?;
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
            "unseen" => people.unseen = reader.unseen(table)?,
            "dictionary" => people.words = reader.words(table)?,
            "imports" => people.imports = reader.imports(table)?,
            "types" => people.types = reader.types(table)?,
            "renames" => people.renames = reader.renames(table)?,
            _ => {
                let known = "levels, settings, owners, dictionary, keys, review, exempt, imports, renames, types, unseen";
                return Err(
                    reader.wrong(item, &format!("unknown table `{name}`; there are {known}"))
                );
            }
        }
    }
    people.document = document.into_mut();
    Ok(people)
}

/// Reads the reviews of a file of this form, and nothing else of it.
pub(super) fn reviews(file: &Path, text: &str) -> Result<BTreeMap<String, Review>> {
    let reader = Reader { file, text };
    let document = document(&reader)?;
    match document.get("review") {
        Some(item) => reader.each(reader.table("review", item)?, Reader::review),
        None => Ok(BTreeMap::new()),
    }
}

fn document(reader: &Reader<'_>) -> Result<Document<String>> {
    let text = reader.text.to_owned();
    text.parse()
        .map_err(|error: toml_edit::TomlError| Failure::at(reader.file, error.to_string().trim()))
}

impl Reader<'_> {
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

    fn unseen(&self, table: &dyn TableLike) -> Result<Vec<Unseen>> {
        let mut unseen = Vec::new();
        for (key, item) in table.iter() {
            if key != "lines" {
                let message = format!("unknown entry `{key}`; there is lines = [\"..\"]");
                return Err(self.wrong(item, &message));
            }
            let line = self.line(item);
            let texts = self.texts(key, item)?.into_iter();
            unseen = texts.map(|text| Unseen { text, line }).collect();
        }
        Ok(unseen)
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
}
