//! R22: the keys of the OpenTelemetry semantic conventions, with what they hold and by what they were replaced.

/// The registry, sorted by key; `conventions/convert.py` makes it.
const REGISTRY: &str = include_str!("../conventions/registry.tsv");

/// The version of the conventions.
pub const VERSION: &str = "1.44.0";

/// What the conventions say of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convention {
    /// The key; of a family of keys what they begin with, and `.*`.
    pub key: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether the key may still change.
    pub standing: Standing,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text, or one of several.
    Text,
    /// A whole number.
    Whole,
    /// A number with a fraction.
    Fraction,
    /// A flag.
    Flag,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Wholes,
    /// The conventions leave it open.
    Any,
}

/// Whether a key may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does not change any more.
    Stable,
    /// It may change.
    Unstable,
    /// It was replaced by this key.
    Renamed(&'static str),
    /// It is not to be used, for this reason.
    Dropped(&'static str),
}

impl Holds {
    fn read(word: &str) -> Self {
        match word {
            "string" => Self::Text,
            "int" => Self::Whole,
            "double" => Self::Fraction,
            "boolean" => Self::Flag,
            "string[]" => Self::Texts,
            "int[]" => Self::Wholes,
            _ => Self::Any,
        }
    }

    /// The kind in words, with its article.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Whole => "a whole number",
            Self::Fraction => "a fraction",
            Self::Flag => "a flag",
            Self::Texts => "a list of texts",
            Self::Wholes => "a list of whole numbers",
            Self::Any => "anything",
        }
    }
}

impl Convention {
    /// Says why the key is not to be written, and what to write instead; nothing where it is good.
    #[must_use]
    pub fn replaced(&self, key: &str) -> Option<String> {
        let said = match self.standing {
            Standing::Renamed(new) => format!("write `{new}`"),
            Standing::Dropped(reason) => reason.trim_end_matches('.').to_owned(),
            Standing::Stable | Standing::Unstable => return None,
        };
        Some(format!(
            "`{key}` is deprecated in the semantic conventions ({VERSION}): {said}"
        ))
    }
}

/// Finds a key of the conventions, or the family that it belongs to.
///
/// ```
/// use observed_syntax::conventions::{Holds, Standing, find};
///
/// assert_eq!(find("http.response.status_code").unwrap().holds, Holds::Whole);
/// assert_eq!(find("http.method").unwrap().standing, Standing::Renamed("http.request.method"));
/// assert_eq!(find("http.request.header.x_shop").unwrap().holds, Holds::Texts);
/// assert!(find("shop.order.total").is_none());
/// ```
#[must_use]
pub fn find(key: &str) -> Option<Convention> {
    // Most keys of a program are its own: they end here, or after some ten lines.
    let (mut family, _) = key.rsplit_once('.')?;
    if let Some(found) = line(key) {
        return Some(read(found));
    }
    // `http.request.header.x` belongs to `http.request.header.*`.
    loop {
        if let Some(found) = line(&format!("{family}.*")) {
            return Some(read(found));
        }
        family = family.rsplit_once('.')?.0;
    }
}

/// The line of a key, found by halves of the text: nothing is read that is not looked at.
fn line(key: &str) -> Option<&'static str> {
    let mut rest = REGISTRY;
    while !rest.is_empty() {
        let before = &rest.as_bytes()[..rest.len() / 2];
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |at| start + at);
        let found = &rest[start..end];
        let of_line = found.split('\t').next().unwrap_or_default();
        // The head begins with `#`, which is before every letter.
        match key.cmp(of_line) {
            std::cmp::Ordering::Equal => return Some(found),
            std::cmp::Ordering::Less => rest = &rest[..start],
            std::cmp::Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    None
}

fn read(line: &'static str) -> Convention {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (key, holds, standing, said) = (next(), Holds::read(next()), next(), next());
    let standing = match standing {
        "stable" => Standing::Stable,
        "deprecated" if said.contains(' ') => Standing::Dropped(said),
        "deprecated" => Standing::Renamed(said),
        _ => Standing::Unstable,
    };
    Convention {
        key,
        holds,
        standing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> impl Iterator<Item = &'static str> {
        REGISTRY.lines().filter(|line| !line.starts_with('#'))
    }

    #[test]
    fn every_line_is_found_by_its_key_and_reads_as_it_was_written() {
        assert!(lines().count() > 900);
        assert!(lines().is_sorted());
        for line in lines() {
            let key = line.split('\t').next().unwrap();
            let written = key.replace(".*", ".any_key");
            let found = find(&written).unwrap_or_else(|| panic!("{key} is not found"));
            assert_eq!(found, read(line));
            assert_eq!(found.key, key);
            let is_open = line.split('\t').nth(1) == Some("any");
            assert_eq!(found.holds == Holds::Any, is_open, "{line}");
        }
    }

    #[test]
    fn what_is_not_in_the_registry_is_not_found() {
        for key in [
            "",
            "#",
            "order",
            "shop.order.total",
            "http",
            "http.request",
            "http.response.status_codes",
            "http.response.status_cod",
            "http.request.header",
            "zzz.zzz",
            "a.b",
        ] {
            assert_eq!(find(key), None, "{key}");
        }
    }

    #[test]
    fn a_replacement_is_no_key_that_was_replaced_itself() {
        for line in lines() {
            let found = read(line);
            if let Standing::Renamed(new) = found.standing {
                let new = find(&new.replace(".*", ".any_key"));
                // Of what moved to other conventions nothing is known here.
                let is_replaced = new.and_then(|new| new.replaced(""));
                assert_eq!(is_replaced, None, "{line}");
            }
        }
    }

    #[test]
    fn the_version_is_that_of_the_file() {
        let head = REGISTRY.lines().next().unwrap();
        assert!(head.contains(&format!(" {VERSION},")), "{head}");
    }
}
