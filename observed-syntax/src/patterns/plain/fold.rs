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
        // Dots in the middle of the line.
        0xb7 | 0x2022 | 0x2027 | 0x2219 | 0x22c5 => Folded::To(b'.'),
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

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// Where NFKC gives two characters or more, such as `⑩`, a pattern is not looked for.
    #[test]
    fn every_character_whose_compatibility_form_is_ascii_is_taken_for_it() {
        let ones = ('\u{80}'..=char::MAX).filter(|one| one.nfkc().count() == 1);
        let forms = ones.map(|one| (one, one.nfkc().next().unwrap()));
        let ascii: Vec<(char, char)> = forms.filter(|(_, form)| form.is_ascii()).collect();
        let is_other = |(one, form): &&(char, char)| !matches!(fold(*one), Folded::To(to) if char::from(to) == *form);
        let others: Vec<_> = ascii.iter().filter(is_other).collect();
        assert!(ascii.len() > 1_000 && others.is_empty(), "{others:?}");
    }

    #[test]
    fn letters_of_other_alphabets_stay() {
        for character in "éßжλ日あ한".chars() {
            assert!(matches!(fold(character), Folded::Same), "{character}");
        }
        assert!(matches!(fold('٥'), Folded::To(b'5')));
    }
}
