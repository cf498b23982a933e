//! What was withheld or left out so far, for `status()`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::status::{LeftOut, Withheld};

/// How many different findings `status()` names.
const MAX_WITHHELD: usize = 32;
/// And how many attributes of each reason, so that texts that are cut do not hide a float that is not finite.
const MAX_OF_A_REASON: usize = 16;

/// What was found so far, by span and key and never by value.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    withheld: Mutex<Vec<Withheld>>,
    left_out: Mutex<Vec<LeftOut>>,
}

impl Findings {
    pub(crate) fn withheld(&self) -> Vec<Withheld> {
        lock(&self.withheld).clone()
    }

    pub(crate) fn left_out(&self) -> Vec<LeftOut> {
        lock(&self.left_out).clone()
    }

    pub(super) fn withhold(&self, found: Withheld) {
        let mut list = lock(&self.withheld);
        if list.len() < MAX_WITHHELD && !list.contains(&found) {
            list.push(found);
        }
    }

    /// Notes an attribute that was left out or cut; true for the first one of its reason.
    pub(super) fn leave_out(&self, found: LeftOut) -> bool {
        let mut list = lock(&self.left_out);
        let alike = list.iter().filter(|before| before.reason == found.reason);
        let known = alike.count();
        if known < MAX_OF_A_REASON && !list.contains(&found) {
            list.push(found);
        }
        known == 0
    }
}

fn lock<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    // Nothing panics while it holds this lock.
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> &'static [String] {
        Vec::leak((0..100).map(|n| format!("k{n}")).collect())
    }

    #[test]
    fn findings_are_bounded_and_each_is_named_once() {
        let findings = Findings::default();
        let keys = keys();
        for key in keys.iter().chain(keys) {
            findings.withhold(Withheld {
                span: "greet",
                key,
                looks_like: "CPF",
            });
        }
        assert_eq!(findings.withheld().len(), MAX_WITHHELD);
    }

    #[test]
    fn one_reason_takes_no_room_from_another_and_only_its_first_is_the_first() {
        let findings = Findings::default();
        let keys = keys();
        let mut first = 0;
        for reason in ["cut", "not_finite"] {
            for key in keys.iter().chain(keys) {
                let span = "greet";
                first += u32::from(findings.leave_out(LeftOut { span, key, reason }));
            }
        }
        assert_eq!(first, 2);
        let list = findings.left_out();
        assert_eq!(list.len(), 2 * MAX_OF_A_REASON);
        let different = |(at, found)| !list[at + 1..].contains(found);
        assert!(list.iter().enumerate().all(different));
    }
}
