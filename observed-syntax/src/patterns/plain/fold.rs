//! Characters that are invisible, or that stand for an ASCII one: what NFKC does (Unicode Standard Annex 15) where its
//! result is ASCII, as a table of its own. The whole normalisation needs a crate and its tables; patterns are ASCII.

use std::sync::OnceLock;

/// What a character is in a pattern.
pub(super) enum Folded {
    /// It does not show.
    Nothing,
    /// It is written for this one.
    To(u8),
    /// It is itself.
    Same,
}

pub(super) fn fold(character: char) -> Folded {
    let code = character as u32;
    match code {
        0..0x80 => Folded::To(code as u8),
        // Soft hyphen, grapheme joiner, marks of direction, variation selectors, zero-width characters.
        0xad
        | 0x34f
        | 0x61c
        | 0x180b..=0x180e
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x206f
        | 0xfe00..=0xfe0f
        | 0xfeff => Folded::Nothing,
        0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => {
            Folded::To(b' ')
        }
        // Hyphens, dashes, bullets of that form, the minus sign.
        0x58a | 0x2010..=0x2015 | 0x2043 | 0x207b | 0x208b | 0x2212 | 0xfe58 | 0xfe63 | 0xff0d => {
            Folded::To(b'-')
        }
        0xff01..=0xff5e => Folded::To((code - 0xff01) as u8 + b'!'),
        // Thirteen alphabets, capitals before small letters.
        0x1d400..=0x1d6a3 => Folded::To(match ((code - 0x1d400) % 52) as u8 {
            capital @ 0..26 => b'A' + capital,
            small => b'a' + small - 26,
        }),
        _ => compatible(character).map_or(Folded::Same, Folded::To),
    }
}

fn compatible(character: char) -> Option<u8> {
    static TABLE: OnceLock<Vec<(char, u8)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = include_str!("../../../patterns/compatible.tsv").lines();
        let pairs = rows.filter_map(|row| row.split_once('\t'));
        let mut table: Vec<(char, u8)> = pairs
            .flat_map(|(ascii, characters)| {
                characters.chars().map(|one| (one, ascii.as_bytes()[0]))
            })
            .collect();
        table.sort_unstable();
        table
    });
    let found = table.binary_search_by_key(&character, |(known, _)| *known);
    found.ok().map(|place| table[place].1)
}
