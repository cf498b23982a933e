//! The last line of defence (R11): looks at every text before it leaves, on the worker's thread.
//!
//! What looks like personal data or a credential is withheld and counted, and named by span and key; the value goes
//! nowhere, not into a log either. Texts are looked at whole and only then cut to the length limit. What no backend takes
//! is left out here too, and what is beyond the limits of a span.

mod findings;
mod harmless;
mod hits;
mod limits;
mod losses;

pub(crate) use findings::Findings;
use harmless::Harmless;
#[cfg_attr(
    not(feature = "otlp"),
    allow(unused_imports, reason = "for the encoder")
)]
pub(crate) use limits::kept;
use losses::Losses;

use crate::config::{OnHit, Privacy};
use crate::identity::trace_state::TraceState;
use crate::pipeline::ledger::{Count, Ledger};
use crate::record::event::Events;
use crate::record::finished::Finished;
use crate::record::link::Links;
use crate::record::open::Outcome;
use crate::record::site::Site;
use crate::value::{Inner, Loss, Value};

/// What stands in place of a masked text.
pub(crate) const MASK: &str = "[withheld]";
/// The name of a span whose own looks like personal data.
pub(crate) const NAMELESS: &str = "withheld";
/// What the semantic conventions want of an `error.type` that is none of the known ones.
pub(crate) const OTHER_ERROR: &str = "_OTHER";

/// Looks at spans on their way out.
pub(crate) struct Firewall<'a> {
    pub(crate) privacy: &'a Privacy,
    pub(crate) ledger: &'a Ledger,
    pub(crate) findings: &'a Findings,
    losses: Losses<'a>,
    harmless: Harmless,
}

impl<'a> Firewall<'a> {
    pub(crate) fn new(privacy: &'a Privacy, ledger: &'a Ledger, findings: &'a Findings) -> Self {
        Self {
            privacy,
            ledger,
            findings,
            losses: Losses { ledger, findings },
            harmless: Harmless::default(),
        }
    }

    /// Takes away from a span what must not leave.
    pub(crate) fn pass(&self, span: &mut Finished) {
        if self.static_hits(NAMELESS, "span name", span.site.name()) {
            span.name = NAMELESS;
        }
        // Findings do not repeat a name that must not be shown.
        let name = span.name;
        self.pass_values(name, span.site, &mut span.values);
        let max = self.privacy.max_attributes;
        span.attributes_dropped = self.limit(name, span.site, &mut span.values, max);
        if let Outcome::Failed(error_type) = span.outcome
            && self.static_hits(name, "error.type", error_type)
        {
            span.outcome = Outcome::Failed(OTHER_ERROR);
        }
        let events = &mut span.events;
        events
            .recorded
            .retain(|event| !self.static_hits(name, "event name", event.site.name()));
        self.limit_events(name, events);
        self.limit_links(&mut span.links);
        let states = std::iter::once(&mut span.trace_state).chain(
            span.links
                .recorded
                .iter_mut()
                .map(|link| &mut link.trace_state),
        );
        for state in states {
            if let TraceState::List(list) = state
                && self.hits(name, "tracestate", list)
            {
                *state = TraceState::default();
            }
        }
    }

    fn pass_values(&self, span: &'static str, site: &'static Site, values: &mut [Value]) {
        for (key, value) in site.keys().iter().zip(values) {
            let was_cut = limits::take_cut(value);
            if let Some(loss) = value.loss() {
                self.losses.note(span, key, loss);
                *value = Value::ABSENT;
            }
            if *value == Value::ABSENT {
                continue;
            }
            if !self.allows(key) {
                self.ledger.count(Count::NotAllowed, 1);
                *value = Value::ABSENT;
            } else if self.value_hits(span, key, value) {
                *value = match self.privacy.on_hit {
                    OnHit::Mask => Value(Inner::Static(MASK)),
                    OnHit::Drop | OnHit::Off => Value::ABSENT,
                };
            } else if limits::shorten(value, self.privacy.max_text, was_cut) {
                self.losses.note(span, key, Loss::Cut);
            }
        }
    }

    /// Takes away the attributes beyond a limit; returns how many.
    fn limit(
        &self,
        span: &'static str,
        site: &'static Site,
        values: &mut [Value],
        max: usize,
    ) -> u32 {
        limits::limit_count(values, max, |place| {
            if let Some(key) = site.keys().get(place) {
                self.losses.note(span, key, Loss::OverLimit);
            }
        })
    }

    /// Takes away the events beyond the limit, and of the others the attributes; those that may not leave are gone.
    fn limit_events(&self, name: &'static str, events: &mut Events) {
        let limits = &self.privacy.limits;
        let beyond = events.recorded.len().saturating_sub(limits.events) as u32;
        events.recorded.truncate(limits.events);
        events.dropped = events.dropped.saturating_add(beyond);
        self.ledger
            .count(Count::EventDropped, u64::from(events.dropped));
        for event in &mut events.recorded {
            self.pass_values(name, event.site, &mut event.values);
            let max = limits.event_attributes;
            event.attributes_dropped = self.limit(name, event.site, &mut event.values, max);
        }
    }

    fn limit_links(&self, links: &mut Links) {
        let max = self.privacy.limits.links;
        let beyond = links.recorded.len().saturating_sub(max) as u32;
        links.recorded.truncate(max);
        links.dropped = links.dropped.saturating_add(beyond);
        self.ledger
            .count(Count::LinkDropped, u64::from(links.dropped));
    }

    /// Notes that an attribute does not leave, or not whole.
    #[cfg(feature = "otlp")]
    #[cold]
    pub(crate) fn lose(&self, span: &'static str, key: &'static str, loss: Loss) {
        self.losses.note(span, key, loss);
    }

    fn allows(&self, key: &str) -> bool {
        self.privacy
            .allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(key))
    }
}

#[cfg(test)]
mod tests;
