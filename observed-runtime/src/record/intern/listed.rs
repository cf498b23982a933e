//! A list that only grows, and is read without a lock: whoever adds to it never waits for a reader.

use std::sync::OnceLock;

/// As many as positions of 32 bits need.
const PARTS: usize = 32;

/// Each part has twice as many places as the one before, so that nothing that was added ever moves.
pub(super) struct Listed<T>([OnceLock<Box<[OnceLock<T>]>>; PARTS]);

impl<T: Copy> Listed<T> {
    pub(super) const fn new() -> Self {
        Self([const { OnceLock::new() }; PARTS])
    }

    pub(super) fn get(&self, position: u32) -> Option<T> {
        let (part, place) = place_of(position);
        self.0.get(part)?.get()?.get(place)?.get().copied()
    }

    /// Adds an item at the first position that is free. Whoever adds holds a lock that no reader takes; false where the list
    /// is full.
    pub(super) fn add(&self, position: u32, item: T) -> bool {
        let (part, place) = place_of(position);
        let Some(part_of_list) = self.0.get(part) else {
            return false;
        };
        let places =
            part_of_list.get_or_init(|| (0..1_usize << part).map(|_| OnceLock::new()).collect());
        places.get(place).is_some_and(|free| free.set(item).is_ok())
    }
}

/// The part of a position, and its place there.
fn place_of(position: u32) -> (usize, usize) {
    let number = u64::from(position) + 1;
    let part = number.ilog2();
    (part as usize, (number - (1 << part)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_position_has_a_place_of_its_own_and_holds_what_was_added_there() {
        let list = Listed::new();
        for position in 0..1_000 {
            assert_eq!(list.get(position), None);
            assert!(list.add(position, position * 7));
        }
        assert!((0..1_000).all(|position| list.get(position) == Some(position * 7)));
        assert!(!list.add(3, 1), "what is there stays");
        assert_eq!((list.get(3), list.get(1_000)), (Some(21), None));
    }

    #[test]
    fn the_last_positions_are_beyond_the_list_and_no_harm() {
        assert_eq!(place_of(u32::MAX), (32, 0));
        let list = Listed::<u8>::new();
        assert_eq!(list.get(u32::MAX), None);
        assert!(!list.add(u32::MAX, 1));
    }
}
