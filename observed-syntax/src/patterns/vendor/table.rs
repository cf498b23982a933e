//! The table of what keys begin with, read once.

use std::sync::OnceLock;

use super::super::scan::{ends_word, run};

/// One row of `vendors/keys.tsv`.
#[derive(Debug)]
struct Row {
    begin: &'static [u8],
    symbols: Symbols,
    least: usize,
    is_exact: bool,
}

/// What a key consists of.
#[derive(Clone, Copy, Debug)]
enum Symbols {
    Hex,
    Alnum,
    Upper,
    Word,
    Dotted,
    Base64,
}

/// The rows, sorted by how they begin, and for each first byte where its rows are.
#[derive(Debug)]
pub(in super::super) struct Table {
    rows: Vec<Row>,
    from: [u16; 257],
}

/// The longest keys have some 200 symbols, and a text of nothing but beginnings must not be read again from each of them.
const LONGEST: usize = 256;

pub(in super::super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(include_str!("../../../vendors/keys.tsv")))
}

impl Table {
    fn read(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut rows: Vec<Row> = lines.filter_map(row).collect();
        rows.sort_by_key(|row| row.begin);
        let from = std::array::from_fn(|first| {
            rows.partition_point(|row| usize::from(row.begin[0]) < first) as u16
        });
        Self { rows, from }
    }

    /// True when a key begins at `start`.
    pub(in super::super) fn has(&self, bytes: &[u8], start: usize) -> bool {
        let first = usize::from(bytes[start]);
        let rows = usize::from(self.from[first])..usize::from(self.from[first + 1]);
        let rest = &bytes[start..];
        self.rows[rows]
            .iter()
            .any(|row| rest.starts_with(row.begin) && row.is_at(bytes, start + row.begin.len()))
    }
}

impl Row {
    fn is_at(&self, bytes: &[u8], begin: usize) -> bool {
        let end = bytes.len().min(begin + LONGEST);
        let length = run(&bytes[..end], begin, |byte| self.symbols.has(byte));
        let has_length = if self.is_exact {
            length == self.least && ends_word(bytes, begin + length)
        } else {
            length >= self.least
        };
        has_length && self.symbols.are_random(&bytes[begin..begin + length])
    }
}

impl Symbols {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "hex" => Self::Hex,
            "alnum" => Self::Alnum,
            "upper" => Self::Upper,
            "word" => Self::Word,
            "dotted" => Self::Dotted,
            "base64" => Self::Base64,
            _ => return None,
        })
    }

    fn has(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Word => byte.is_ascii_alphanumeric() || b"_-".contains(&byte),
            Self::Dotted => byte.is_ascii_alphanumeric() || b"_-.=".contains(&byte),
            Self::Base64 => byte.is_ascii_alphanumeric() || b"_-+/=".contains(&byte),
        }
    }

    /// Words have no digits, and words joined by hyphens are short; capitals alone are random enough.
    fn are_random(self, key: &[u8]) -> bool {
        const WORD: usize = 8;
        const LONG_WORD: usize = 24;
        let longest = key
            .split(|byte| !byte.is_ascii_alphanumeric())
            .map(<[u8]>::len)
            .max();
        let longest = longest.unwrap_or(0);
        matches!(self, Self::Upper)
            || longest >= LONG_WORD
            || (key.iter().any(u8::is_ascii_digit) && longest >= WORD)
    }
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let begin = columns.next()?.as_bytes();
    let symbols = Symbols::of(columns.next()?)?;
    let length = columns.next()?;
    let exact = length.strip_prefix('=');
    let least = exact.unwrap_or(length).parse().ok()?;
    Some(Row {
        begin,
        symbols,
        least,
        is_exact: exact.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> impl Iterator<Item = Vec<&'static str>> {
        let lines = include_str!("../../../vendors/keys.tsv").lines();
        lines
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
    }

    #[test]
    fn every_row_is_read_and_has_a_source() {
        assert_eq!(table().rows.len(), lines().count());
        for columns in lines() {
            let [.., source, _] = columns.as_slice() else {
                panic!("{columns:?}");
            };
            let is_known = ["gitleaks/", "detect-secrets/", "https://"]
                .iter()
                .any(|known| source.starts_with(known));
            assert!(is_known, "{columns:?}");
        }
    }

    #[test]
    fn the_sample_of_every_row_is_a_key_by_its_own_row() {
        for (row, columns) in table().rows.iter().zip({
            let mut lines: Vec<_> = lines().collect();
            lines.sort_by_key(|columns| columns[0]);
            lines
        }) {
            let sample = columns[4].as_bytes();
            assert!(
                sample.starts_with(row.begin) && row.is_at(sample, row.begin.len()),
                "{columns:?}"
            );
            assert!(table().has(sample, 0), "{columns:?}");
        }
    }

    #[test]
    fn what_only_begins_like_a_key_is_none() {
        for text in [
            "hf_ship_key_tier_664",
            "npm_config_lease_user_window_auth37",
            "sk-plan-card-tier-9391",
            "sk-proj-plan-card-tier-9391",
            "key-of-the-house",
            "AC0123456789abcdef0123456789abcdef0",
        ] {
            assert!(!table().has(text.as_bytes(), 0), "{text}");
        }
    }
}
