//! Static texts that were looked at and found harmless: names, codes and literals leave with every span, and never change.

use std::cell::Cell;

/// A power of two.
const SLOTS: usize = 1_024;

/// Where a static text is, how long, and under which key it stood: what looks harmless depends on the key too.
type Seen = (usize, usize, usize);

/// The texts that were seen last, one in each slot.
#[derive(Debug)]
pub(super) struct Harmless(Vec<Cell<Seen>>);

impl Default for Harmless {
    fn default() -> Self {
        Self(vec![Cell::default(); SLOTS])
    }
}

impl Harmless {
    fn slot(&self, text: &'static str, key: &'static str) -> Option<(&Cell<Seen>, Seen)> {
        // A length of zero would be the empty slot's.
        let seen = (text.as_ptr().addr(), text.len() + 1, key.as_ptr().addr());
        let (place, of_key) = (seen.0 as u64, seen.2 as u64);
        let mixed = (place ^ of_key.rotate_left(20)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Some((self.0.get((mixed >> 40) as usize % SLOTS)?, seen))
    }

    pub(super) fn contains(&self, text: &'static str, key: &'static str) -> bool {
        self.slot(text, key)
            .is_some_and(|(slot, seen)| slot.get() == seen)
    }

    pub(super) fn note(&self, text: &'static str, key: &'static str) {
        if let Some((slot, seen)) = self.slot(text, key) {
            slot.set(seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_noted_is_contained_and_only_under_its_key() {
        let harmless = Harmless::default();
        let text = "summarize_text";
        assert!(!harmless.contains(text, "action") && !harmless.contains("", "action"));
        harmless.note(text, "action");
        assert!(harmless.contains(text, "action"));
        assert!(!harmless.contains(text, "document"));
        assert!(!harmless.contains(&text[..9], "action"));
    }
}
