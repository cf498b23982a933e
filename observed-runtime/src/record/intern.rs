//! Sites and static texts by number, so that a record can name them in a cell of plain memory.
//!
//! A record is read by another thread while its own goes on, so it consists of atomic cells (ADR 009); and a cell cannot
//! hold a reference without unsafe code.

mod listed;

use std::collections::HashMap;
use std::sync::RwLock;

use super::site::Site;
use crate::fork;
use listed::Listed;

/// Static texts beyond so many are copied instead: a program may make them at run time, by leaking.
const MOST_TEXTS: usize = 4_096;
/// Slots of a thread's cache; a power of two.
const SLOTS: usize = 256;

/// All sites that were recorded so far.
static SITES: Table<Site> = Table::new();
/// All static texts that were recorded so far.
static TEXTS: Table<str> = Table::new();

/// Where something static is: its address and its length. What is equal in both is the same.
type Location = (usize, usize);

/// What has a number, and the numbers. The lock is for those that give numbers, which are threads that record: who asks what
/// a number stands for, the worker, takes none (ADR 020).
struct Table<T: ?Sized + 'static> {
    items: Listed<&'static T>,
    numbers: RwLock<Option<HashMap<Location, u32>>>,
}

impl<T: ?Sized> Table<T> {
    const fn new() -> Self {
        Self {
            items: Listed::new(),
            numbers: RwLock::new(None),
        }
    }

    /// The number of `item`; none where the table is full.
    fn number(&self, item: &'static T, location: Location, most: usize) -> Option<u32> {
        let known = fork::read(&self.numbers)?;
        let number = known.as_ref().and_then(|numbers| numbers.get(&location));
        if let Some(number) = number {
            return Some(*number);
        }
        drop(known);
        let mut known = fork::write(&self.numbers)?;
        let numbers = known.get_or_insert_default();
        if let Some(number) = numbers.get(&location) {
            return Some(*number);
        }
        let next = u32::try_from(numbers.len()).ok()?;
        // It has its item before anybody can have its number.
        if next as usize >= most || !self.items.add(next, item) {
            return None;
        }
        numbers.insert(location, next);
        Some(next)
    }
}

/// One thread's memory of numbers, so that the tables are asked once for most.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    sites: Cache,
    texts: Cache,
}

/// Empty until it is used first: a thread that records nothing has none.
#[derive(Debug, Default)]
struct Cache(Vec<Slot>);

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    location: Location,
    number: u32,
}

impl Cache {
    #[inline]
    fn get(&mut self, location: Location, find: impl FnOnce() -> Option<u32>) -> Option<u32> {
        // Locations are aligned to eight bytes mostly, so the lowest bits say little.
        let at = (location.0 >> 3) % SLOTS;
        if let Some(slot) = self.0.get(at)
            && slot.location == location
        {
            return Some(slot.number);
        }
        self.find(at, location, find)
    }

    #[cold]
    fn find(
        &mut self,
        at: usize,
        location: Location,
        find: impl FnOnce() -> Option<u32>,
    ) -> Option<u32> {
        let number = find()?;
        if self.0.is_empty() {
            self.0 = vec![Slot::default(); SLOTS];
        }
        self.0[at] = Slot { location, number };
        Some(number)
    }
}

impl Numbers {
    #[inline]
    pub(super) fn site(&mut self, site: &'static Site) -> u32 {
        let location = (std::ptr::from_ref(site).addr(), 1);
        let find = || SITES.number(site, location, usize::MAX);
        self.sites.get(location, find).unwrap_or_default()
    }

    /// The number of a static text, or none: then it is to be copied.
    #[inline]
    pub(super) fn text(&mut self, text: &'static str) -> Option<u32> {
        let location = (text.as_ptr().addr(), text.len() + 1);
        self.texts
            .get(location, || TEXTS.number(text, location, MOST_TEXTS))
    }
}

/// The reader's memory of what the numbers stand for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    sites: Vec<&'static Site>,
    texts: Vec<&'static str>,
}

impl Names {
    pub(crate) fn site(&mut self, number: u32) -> Option<&'static Site> {
        named(&SITES, &mut self.sites, number)
    }

    pub(crate) fn text(&mut self, number: u32) -> Option<&'static str> {
        named(&TEXTS, &mut self.texts, number)
    }
}

fn named<T: ?Sized>(
    table: &Table<T>,
    known: &mut Vec<&'static T>,
    number: u32,
) -> Option<&'static T> {
    while known.len() <= number as usize {
        known.push(table.items.get(known.len() as u32)?);
    }
    known.get(number as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_number_is_found_by_it_again() {
        let (mut numbers, mut names) = (Numbers::default(), Names::default());
        let texts = ["one", "two", "three", ""];
        let given: Vec<u32> = texts
            .iter()
            .map(|text| numbers.text(text).unwrap())
            .collect();
        for (text, number) in texts.iter().zip(&given) {
            assert_eq!(names.text(*number), Some(*text));
            assert_eq!(
                Numbers::default().text(text),
                Some(*number),
                "on another thread"
            );
        }
        assert_eq!(names.text(u32::MAX), None);
    }

    #[test]
    fn a_part_of_a_text_is_another_text() {
        let (mut numbers, mut names) = (Numbers::default(), Names::default());
        let whole = "summarize_text";
        let parts = [whole, &whole[..9], &whole[..0]];
        let given = parts.map(|part| numbers.text(part).unwrap());
        assert_eq!(given.map(|number| names.text(number).unwrap()), parts);
    }

    #[test]
    fn texts_that_a_program_makes_without_end_are_refused_at_some_point() {
        let table = Table::<str>::new();
        let made = (0..100_usize).filter_map(|at| table.number("same", (at, 1), 10));
        assert_eq!(made.count(), 10);
    }
    #[test]
    fn who_asks_what_a_number_stands_for_takes_no_lock_that_givers_of_numbers_take() {
        let table = Table::<str>::new();
        let number = table.number("x", (1, 1), 10).unwrap();
        // Where it took the lock, this would never end.
        let giver = table.numbers.write().unwrap();
        assert_eq!(named(&table, &mut Vec::new(), number), Some("x"));
        assert_eq!(named(&table, &mut Vec::new(), number + 1), None);
        drop(giver);
    }
}
