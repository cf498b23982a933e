//! Digits in groups: `529.982.247-25` is eleven digits in the groups 3, 3, 3 and 2.

use super::super::scan::{ends_word, run};

/// A card has the most.
const MOST_DIGITS: usize = 19;
const MOST_GROUPS: usize = 8;
/// `) ` and ` - ` stand between groups.
const LONGEST_GAP: usize = 3;

/// The groups of digits from one place on; there are more of them after each step.
pub(super) struct Groups<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) start: usize,
    pub(super) end: usize,
    digits: [u8; MOST_DIGITS],
    length: usize,
    lengths: [u8; MOST_GROUPS],
    count: usize,
    gaps: [u8; MOST_GROUPS],
}

impl<'a> Groups<'a> {
    /// The group that begins at `start`.
    pub(super) fn begin(bytes: &'a [u8], start: usize) -> Option<Self> {
        let mut groups = Self {
            bytes,
            start,
            end: start,
            digits: [0; MOST_DIGITS],
            length: 0,
            lengths: [0; MOST_GROUPS],
            count: 0,
            gaps: [0; MOST_GROUPS],
        };
        groups.take(start, 0).then_some(groups)
    }

    /// Adds the group after the next gap; false where there is none, or no number is so long.
    pub(super) fn grow(&mut self) -> bool {
        let gap = self.gap();
        gap > 0
            && self.count < MOST_GROUPS
            && self.take(self.end + gap, self.bytes[self.end + gap - 1])
    }

    fn gap(&self) -> usize {
        let limit = self.bytes.len().min(self.end + LONGEST_GAP + 1);
        let gap = run(&self.bytes[..limit], self.end, |byte| {
            b" .,-/_()\t\n".contains(&byte)
        });
        if gap > LONGEST_GAP { 0 } else { gap }
    }

    fn take(&mut self, from: usize, gap: u8) -> bool {
        let limit = self.bytes.len().min(from + MOST_DIGITS + 1);
        let length = run(&self.bytes[..limit], from, |byte| byte.is_ascii_digit());
        if length == 0 || self.length + length > MOST_DIGITS {
            return false;
        }
        self.digits[self.length..self.length + length]
            .copy_from_slice(&self.bytes[from..from + length]);
        self.length += length;
        self.lengths[self.count] = length as u8;
        self.gaps[self.count] = gap;
        self.count += 1;
        self.end = from + length;
        true
    }

    pub(super) fn digits(&self) -> &[u8] {
        &self.digits[..self.length]
    }

    /// How long the groups are.
    pub(super) fn shape(&self) -> &[u8] {
        &self.lengths[..self.count]
    }

    /// The last byte of each gap.
    pub(super) fn gaps(&self) -> &[u8] {
        &self.gaps[1..self.count]
    }

    /// A word can end here.
    pub(super) fn ends_here(&self) -> bool {
        ends_word(self.bytes, self.end)
    }

    /// The byte before the first digit.
    pub(super) fn before(&self) -> Option<u8> {
        super::super::scan::before(self.bytes, self.start)
    }

    /// Neither a letter nor another number is joined to it: for the forms that are short.
    pub(super) fn stands_alone(&self) -> bool {
        let joined = self.bytes.get(self.end).is_some_and(|byte| joins(*byte));
        self.begins_alone() && !(joined && self.has_symbol(self.end + 1))
    }

    /// Nothing is joined to it before.
    pub(super) fn begins_alone(&self) -> bool {
        !self.before().is_some_and(|byte| {
            byte.is_ascii_alphanumeric()
                || (joins(byte) && self.start >= 2 && self.has_symbol(self.start - 2))
        })
    }

    fn has_symbol(&self, position: usize) -> bool {
        self.bytes
            .get(position)
            .is_some_and(u8::is_ascii_alphanumeric)
    }

    /// Two decimals after a comma or a point, and the other sign before: an amount.
    pub(super) fn is_amount(&self) -> bool {
        match self.gaps() {
            [others @ .., b','] => others.iter().all(|gap| *gap == b'.'),
            [others @ .., b'.'] => others.iter().all(|gap| *gap == b','),
            _ => false,
        }
    }
}

fn joins(byte: u8) -> bool {
    b".,-/:_".contains(&byte)
}
