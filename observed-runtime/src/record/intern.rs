//! Sites and static texts by number, so that a record can name them in a cell of plain memory.
//!
//! A record is read by another thread while its own goes on, so it consists of atomic cells (ADR 009); and a cell cannot
//! hold a reference without unsafe code.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use super::site::Site;
use crate::fork;

/// Static texts beyond so many are copied instead: a program may make them at run time, by leaking.
const MOST_TEXTS: usize = 4_096;
/// Slots of a thread's cache; a power of two.
const SLOTS: usize = 256;

/// All sites that were recorded so far.
static SITES: RwLock<Table<Site>> = RwLock::new(Table::new());
/// All static texts that were recorded so far.
static TEXTS: RwLock<Table<str>> = RwLock::new(Table::new());

/// Where something static is: its address and its length. What is equal in both is the same.
type Location = (usize, usize);

struct Table<T: ?Sized + 'static> {
    items: Vec<&'static T>,
    numbers: Option<HashMap<Location, u32>>,
}

impl<T: ?Sized> Table<T> {
    const fn new() -> Self {
        Self {
            items: Vec::new(),
            numbers: None,
        }
    }
}

/// The number of `item`; none where the table is full.
fn number<T: ?Sized>(
    table: &RwLock<Table<T>>,
    item: &'static T,
    location: Location,
    most: usize,
) -> Option<u32> {
    let known = fork::read(table)?;
    if let Some(number) = known
        .numbers
        .as_ref()
        .and_then(|numbers| numbers.get(&location))
    {
        return Some(*number);
    }
    drop(known);
    let mut table = fork::write(table)?;
    let next = table.items.len();
    let numbers = table.numbers.get_or_insert_default();
    if let Some(number) = numbers.get(&location) {
        return Some(*number);
    }
    if next >= most {
        return None;
    }
    numbers.insert(location, next as u32);
    table.items.push(item);
    Some(next as u32)
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
        let find = || number(&SITES, site, location, usize::MAX);
        self.sites.get(location, find).unwrap_or_default()
    }

    /// The number of a static text, or none: then it is to be copied.
    #[inline]
    pub(super) fn text(&mut self, text: &'static str) -> Option<u32> {
        let location = (text.as_ptr().addr(), text.len() + 1);
        self.texts
            .get(location, || number(&TEXTS, text, location, MOST_TEXTS))
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
    table: &RwLock<Table<T>>,
    known: &mut Vec<&'static T>,
    number: u32,
) -> Option<&'static T> {
    if known.len() <= number as usize {
        let table = table.read().unwrap_or_else(PoisonError::into_inner);
        known.extend_from_slice(table.items.get(known.len()..).unwrap_or_default());
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
        let mut table = Table::<str>::new();
        table.items.reserve(1);
        let table = RwLock::new(table);
        let made = (0..100_usize).filter_map(|at| number(&table, "same", (at, 1), 10));
        assert_eq!(made.count(), 10);
    }
}
