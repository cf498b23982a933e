//! What was withheld or left out so far, for `status()`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::policy::What;
use crate::record::site::Site;
use crate::status::{LeftOut, Unreviewed, Withheld};

/// How many different findings `status()` names.
const MAX_WITHHELD: usize = 32;
/// As many annotations that were not reviewed.
const MAX_UNREVIEWED: usize = 32;
/// And how many that a caller sent.
const MAX_FROM_OUTSIDE: usize = 8;
const FROM_OUTSIDE: &str = "tracestate";
/// And how many attributes of each reason, so that texts that are cut do not hide a float that is not finite.
const MAX_OF_A_REASON: usize = 16;

/// What was found so far, by span and key and never by value.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    withheld: Mutex<Vec<Withheld>>,
    from_outside: Mutex<Vec<Withheld>>,
    left_out: Mutex<Vec<LeftOut>>,
    /// With their fingerprints.
    unreviewed: Mutex<Vec<(u64, Unreviewed)>>,
    is_silent: bool,
}

impl Findings {
    /// Takes no notes, and nothing is ever the first one.
    pub(crate) fn silent() -> Self {
        Self {
            is_silent: true,
            ..Self::default()
        }
    }

    /// What came from the program first, then what came from outside.
    pub(crate) fn withheld(&self) -> Vec<Withheld> {
        let own = lock(&self.withheld);
        let outside = lock(&self.from_outside);
        own.iter().chain(outside.iter()).copied().collect()
    }

    pub(crate) fn left_out(&self) -> Vec<LeftOut> {
        lock(&self.left_out).clone()
    }

    pub(crate) fn unreviewed(&self) -> Vec<Unreviewed> {
        let list = lock(&self.unreviewed);
        list.iter().map(|(_, found)| found.clone()).collect()
    }

    /// Notes an annotation that was not reviewed; true for the first one.
    pub(crate) fn note_unreviewed(&self, what: What, site: &Site) -> bool {
        let (mut list, now) = (lock(&self.unreviewed), SystemTime::now());
        let (what, fingerprint) = (what.as_str(), site.fingerprint());
        let known = list
            .iter_mut()
            .find(|(of, it)| (*of, it.what, it.name) == (fingerprint, what, site.listed_name()));
        if let Some((_, known)) = known {
            known.count = known.count.saturating_add(1);
            known.last = now;
        } else if list.len() < MAX_UNREVIEWED {
            let found = Unreviewed {
                what,
                name: site.listed_name(),
                module: site.code().module,
                fingerprint: format!("{fingerprint:016x}"),
                count: 1,
                first: now,
                last: now,
            };
            list.push((fingerprint, found));
            return list.len() == 1;
        }
        false
    }

    /// Notes what was withheld; true the first time for its span and key. A caller's `tracestate` takes no place from the
    /// program's own attributes, and is the first one once, whatever the span.
    pub(super) fn withhold(
        &self,
        span: &'static str,
        key: &'static str,
        looks_like: &'static str,
    ) -> bool {
        if self.is_silent {
            return false;
        }
        let (list, most) = if key == FROM_OUTSIDE {
            (&self.from_outside, MAX_FROM_OUTSIDE)
        } else {
            (&self.withheld, MAX_WITHHELD)
        };
        let (mut list, now) = (lock(list), SystemTime::now());
        if let Some(known) = list.iter_mut().find(|it| it.span == span && it.key == key) {
            known.count = known.count.saturating_add(1);
            known.last = now;
        } else if list.len() < most {
            list.push(Withheld {
                span,
                key,
                looks_like,
                count: 1,
                first: now,
                last: now,
            });
            return key != FROM_OUTSIDE || list.len() == 1;
        }
        false
    }

    /// Notes an attribute that was left out or cut; true for the first one of its reason.
    pub(super) fn leave_out(&self, found: LeftOut) -> bool {
        if self.is_silent {
            return false;
        }
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
        let mut first = 0;
        for key in keys.iter().chain(keys) {
            first += usize::from(findings.withhold("greet", key, "CPF"));
        }
        assert_eq!(first, MAX_WITHHELD);
        let withheld = findings.withheld();
        assert_eq!(withheld.len(), MAX_WITHHELD);
        assert!(
            withheld
                .iter()
                .all(|it| it.count == 2 && it.first <= it.last)
        );
    }

    #[test]
    fn what_a_caller_sends_takes_no_place_from_the_programs_own() {
        let findings = Findings::default();
        let mut first = 0;
        for span in keys() {
            first += u32::from(findings.withhold(span, "tracestate", "e-mail address"));
        }
        assert_eq!(first, 1);
        assert_eq!(findings.withheld().len(), MAX_FROM_OUTSIDE);
        assert!(findings.withhold("greet", "contact", "e-mail address"));
        assert_eq!(findings.withheld()[0].key, "contact");
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
