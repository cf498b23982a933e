//! Values of `observed.toml`, each refused with its line where it is not of its type.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{Item, TableLike};

use crate::failure::{Failure, Result};

/// Reads values of one file.
pub(super) struct Reader<'a> {
    /// The file's name, for messages.
    pub(super) file: &'a Path,
    pub(super) text: &'a str,
}

impl Reader<'_> {
    pub(super) fn line(&self, item: &Item) -> usize {
        let start = item.span().map_or(0, |span| span.start);
        self.text[..start].matches('\n').count() + 1
    }

    pub(super) fn wrong(&self, item: &Item, message: &str) -> Failure {
        Failure::at(self.file, format!("line {}: {message}", self.line(item)))
    }

    pub(super) fn table<'a>(&self, name: &str, item: &'a Item) -> Result<&'a dyn TableLike> {
        let message = format!("`{name}` is a table: write [{name}]");
        item.as_table_like()
            .ok_or_else(|| self.wrong(item, &message))
    }

    pub(super) fn each<T>(
        &self,
        table: &dyn TableLike,
        read: impl Fn(&Self, &str, &Item) -> Result<T>,
    ) -> Result<BTreeMap<String, T>> {
        let entry = |(key, item): (&str, &Item)| Ok((key.to_owned(), read(self, key, item)?));
        table.iter().map(entry).collect()
    }

    pub(super) fn text(&self, key: &str, item: &Item) -> Result<String> {
        let message = format!("`{key}` is a text: write {key} = \"..\"");
        item.as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.wrong(item, &message))
    }

    /// A text, or a list of texts.
    pub(super) fn texts(&self, key: &str, item: &Item) -> Result<Vec<String>> {
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

    pub(super) fn number(&self, key: &str, item: &Item) -> Result<usize> {
        let message = format!("`{key}` is a number: write {key} = 10");
        let number = item.as_integer().and_then(|it| usize::try_from(it).ok());
        number.ok_or_else(|| self.wrong(item, &message))
    }

    /// `true`, `false`, or a list of packages.
    pub(super) fn packages(&self, key: &str, item: &Item) -> Result<Vec<String>> {
        match item.as_bool() {
            Some(true) => Ok(vec!["*".to_owned()]),
            Some(false) => Ok(Vec::new()),
            None => self.texts(key, item),
        }
    }

    pub(super) fn day(&self, key: &str, item: &Item) -> Result<String> {
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
}
