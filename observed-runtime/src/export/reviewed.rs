//! Under a lock only what was reviewed leaves (R21): takes away the rest before anything else looks at it.
//!
//! It works on the records, on the worker's thread, before the tail sampler and the firewall, so that all that comes after
//! it sees the same. A site is looked up once.

use crate::config::{Locked, Mode};
use crate::logging;
use crate::pipeline::ledger::{Count, Ledger};
use crate::policy::{Lock, What};
use crate::record::intern::Names;
use crate::record::records::Records;
use crate::record::site::Site;
use crate::record::span_codec::{Head, bare, events, nobody, with_events};

use super::firewall::Findings;

/// Takes away what was not reviewed.
pub(crate) struct Reviewed<'a> {
    lock: &'a Lock,
    mode: Mode,
    ledger: &'a Ledger,
    findings: &'a Findings,
    names: Names,
    nobody: u32,
    known: Known,
    /// What was looked through; kept for its memory.
    looked_through: Records,
}

/// Whether sites let something out, by their numbers; none before the first question.
#[derive(Default)]
struct Known {
    spans: Vec<Option<bool>>,
    events: Vec<Option<bool>>,
}

/// What of a record was not reviewed.
enum Found {
    Nothing,
    Span(&'static Site),
    Events(Vec<&'static Site>),
}

impl<'a> Reviewed<'a> {
    /// None where nobody asks.
    pub(crate) fn new(
        locked: &'a Locked,
        ledger: &'a Ledger,
        findings: &'a Findings,
    ) -> Option<Self> {
        Some(Self {
            lock: locked.lock.as_deref()?,
            mode: locked.mode,
            ledger,
            findings,
            names: Names::default(),
            nobody: nobody(),
            known: Known::default(),
            looked_through: Records::default(),
        })
    }

    /// Leaves in `records` as many as there were, without what was not reviewed.
    pub(crate) fn pass(&mut self, records: &mut Records) {
        let is_all_reviewed = |record: &[u64]| matches!(self.found(record), Found::Nothing);
        if records.all().iter().all(is_all_reviewed) {
            return;
        }
        let mut all = std::mem::take(&mut self.looked_through);
        std::mem::swap(records, &mut all);
        for record in all.all().iter() {
            self.pass_one(record, records);
        }
        all.clear();
        self.looked_through = all;
    }

    fn pass_one(&mut self, record: &[u64], out: &mut Records) {
        let found = self.found(record);
        let left = match &found {
            Found::Nothing => None,
            Found::Span(site) => {
                self.note(What::Span, site);
                bare(record, self.nobody)
            }
            Found::Events(sites) => {
                for site in sites {
                    self.note(What::Event, site);
                }
                let leaves = |site| self.known.events.get(site as usize) == Some(&Some(true));
                with_events(record, leaves).or_else(|| bare(record, self.nobody))
            }
        };
        // None is made of nothing that was found: what has no head has no site either.
        let left = left.filter(|_| self.mode == Mode::Enforce);
        out.push(left.as_deref().unwrap_or(record));
    }

    fn found(&mut self, record: &[u64]) -> Found {
        // Who cannot read a record, or has no site for it, lets nothing of it out.
        let Some((head, _)) = Head::read(record) else {
            return Found::Nothing;
        };
        if let Some(site) = self.unreviewed(What::Span, head.site) {
            return Found::Span(site);
        }
        if !head.has_extra() {
            return Found::Nothing;
        }
        let sites = events(record).filter_map(|site| self.unreviewed(What::Event, site));
        let sites: Vec<_> = sites.collect();
        if sites.is_empty() {
            Found::Nothing
        } else {
            Found::Events(sites)
        }
    }

    /// The site, where the lock does not let it out.
    fn unreviewed(&mut self, what: What, number: u32) -> Option<&'static Site> {
        let known = match what {
            What::Span => &mut self.known.spans,
            What::Event => &mut self.known.events,
        };
        let place = number as usize;
        if known.get(place) == Some(&Some(true)) {
            return None;
        }
        let site = self.names.site(number)?;
        if known.len() <= place {
            known.resize(place + 1, None);
        }
        let slot = known.get_mut(place)?;
        let lets_out = || {
            self.lock
                .lets_out(what, site.name_in_lock(), site.fingerprint())
        };
        (!*slot.get_or_insert_with(lets_out)).then_some(site)
    }

    fn note(&self, what: What, site: &'static Site) {
        self.ledger.count(
            match what {
                What::Span => Count::Unreviewed,
                What::Event => Count::EventUnreviewed,
            },
            1,
        );
        if self.findings.note_unreviewed(what, site) {
            let (what, name) = (what.as_str(), site.listed_name());
            logging::line!(
                warn,
                "tracing: the {what} {name} is not in the program's lock as reviewed; others are in status().unreviewed"
            );
        }
    }
}

#[cfg(test)]
mod tests;
