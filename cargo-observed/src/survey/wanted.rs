//! Files that hold no word of the rules, and a type that a key leads to.

use std::collections::BTreeSet;

use super::resolve::{Found, LONGEST, Types};
use super::rounds;
use super::seen::Seen;
use crate::failure::Result;
use crate::packages::Described;
use crate::site::UNKNOWN;
use crate::source::names::Names;
use crate::source::types::Definition;
use crate::source::value::{Origin, stripped};

/// Parses the files that define what a key's type leads to, one step after the other.
pub(super) fn read_wanted_types(
    seen: &mut Vec<Seen>,
    packages: &Described,
    names: &Names,
) -> Result<()> {
    let mut asked = BTreeSet::new();
    loop {
        let types = Types::of(seen);
        let mut wanted = BTreeSet::new();
        for site in seen
            .iter()
            .filter_map(|file| file.read.as_ref())
            .flat_map(|read| &read.sites)
        {
            for (key, origin) in site.site.keys.iter().zip(&site.origins) {
                debug_assert_eq!(key.ty, UNKNOWN, "types come last");
                wanted.extend(types.lacks(origin, &site.module));
            }
        }
        wanted.retain(|name| asked.insert(name.clone()));
        if wanted.is_empty() {
            return Ok(());
        }
        let defines = |text: &str| {
            wanted.iter().any(|name| {
                let keywords = ["struct", "enum", "type"];
                keywords
                    .iter()
                    .any(|it| text.contains(&format!("{it} {name}")))
                    || text.contains("pub use") && text.contains(name.as_str())
                    || text.contains("pub use") && text.contains("::*")
            })
        };
        let (done, mut open): (Vec<_>, Vec<_>) = std::mem::take(seen)
            .into_iter()
            .partition(|file| file.read.is_some());
        rounds::parse_again(&mut open, packages, names, defines)?;
        *seen = done;
        seen.extend(open);
    }
}

impl Types {
    /// Whether a type could be found if more files were read.
    fn lacks(&self, origin: &Origin, module: &[String]) -> Option<String> {
        match origin {
            Origin::Known(..) | Origin::Unknown => None,
            _ if self.shown(origin, module).is_some() => None,
            Origin::Named(name) => last_word(name),
            Origin::Field(base, field) => match self.found(base, module, LONGEST) {
                Some(Found::Defined(_, _, Definition::Fields(fields))) => {
                    last_word(fields.get(field)?)
                }
                Some(_) => None,
                None => self.lacks(base, module),
            },
        }
    }
}

fn last_word(ty: &str) -> Option<String> {
    let last = stripped(ty).rsplit("::").next()?;
    last.chars()
        .all(|it| it.is_alphanumeric() || it == '_')
        .then(|| last.to_owned())
}
