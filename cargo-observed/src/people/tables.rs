//! The tables of `observed.toml` that hold several things for each name.

use toml_edit::{Item, TableLike};

use super::decided::{Processing, Types};
use super::reader::Reader;
use super::renames::Renames;
use super::reviewed::{Import, Review};
use crate::failure::Result;

/// The types that a trace shows.
const TYPES: &[&str] = &[
    "int", "double", "bool", "text", "int[]", "double[]", "bool[]", "text[]",
];

impl Reader<'_> {
    pub(super) fn review(&self, name: &str, item: &Item) -> Result<Review> {
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

    pub(super) fn imports(&self, table: &dyn TableLike) -> Result<Vec<Import>> {
        let entries = table.iter().map(|(name, item)| self.import(name, item));
        entries.collect()
    }

    pub(super) fn import(&self, name: &str, item: &Item) -> Result<Import> {
        let mut import = Import {
            name: name.to_owned(),
            line: self.line(item),
            ..Import::default()
        };
        for (key, item) in self.table(name, item)?.iter() {
            match key {
                "file" => import.file = self.text(key, item)?,
                "sha256" => import.sha256 = self.text(key, item)?,
                "packages" => import.packages = self.texts(key, item)?,
                _ => {
                    let message =
                        format!("unknown entry `{key}`; an import has file, sha256, packages");
                    return Err(self.wrong(item, &message));
                }
            }
        }
        match import.lacks() {
            Some(lack) => Err(self.wrong(item, &format!("the import `{name}` lacks {lack}"))),
            None => Ok(import),
        }
    }

    pub(super) fn types(&self, table: &dyn TableLike) -> Result<Types> {
        self.each(table, |it, name, item| {
            it.each(it.table(name, item)?, |it, key, item| {
                let ty = it.text(key, item)?;
                let message = format!("`{ty}` is no type: write one of {}", TYPES.join(", "));
                let is_known = TYPES.contains(&ty.as_str());
                is_known
                    .then_some(ty)
                    .ok_or_else(|| it.wrong(item, &message))
            })
        })
    }

    pub(super) fn renames(&self, table: &dyn TableLike) -> Result<Renames> {
        let mut renames = Renames::default();
        for (name, item) in table.iter() {
            let table = self.table(name, item)?;
            match name {
                "names" => renames.names = self.each(table, Reader::text)?,
                "keys" => renames.keys = self.each(table, Reader::text)?,
                _ => {
                    let message = format!("unknown table `renames.{name}`; there are names, keys");
                    return Err(self.wrong(item, &message));
                }
            }
        }
        Ok(renames)
    }

    pub(super) fn purpose(&self, name: &str, item: &Item) -> Result<Processing> {
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
