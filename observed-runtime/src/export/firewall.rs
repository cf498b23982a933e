//! The last line of defence (R11): looks at every text before it leaves, on the worker's thread.
//!
//! What looks like personal data or a credential is withheld and counted, and named by span and key; the value goes
//! nowhere, not into a log either. Texts are looked at whole and only then cut to the length limit.

mod harmless;

use std::sync::{Mutex, PoisonError};

use harmless::Harmless;

use observed_syntax::patterns;

use crate::config::{OnHit, Privacy};
use crate::identity::trace_state::TraceState;
use crate::pipeline::ledger::{Count, Ledger};
use crate::record::finished::Finished;
use crate::record::open::Outcome;
use crate::record::site::Site;
use crate::status::Withheld;
use crate::value::{Inner, Value};

/// What stands in place of a masked text.
const MASK: &str = "[withheld]";
/// The name of a span whose own looks like personal data.
const NAMELESS: &str = "withheld";
/// What the semantic conventions want of an `error.type` that is none of the known ones.
const OTHER_ERROR: &str = "_OTHER";
/// How many different findings `status()` names.
const MAX_FINDINGS: usize = 32;

/// What was found so far, for `status()`.
#[derive(Debug, Default)]
pub(crate) struct Findings(Mutex<Vec<Withheld>>);

impl Findings {
    pub(crate) fn list(&self) -> Vec<Withheld> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn add(&self, found: Withheld) {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if list.len() < MAX_FINDINGS && !list.contains(&found) {
            list.push(found);
        }
    }
}

/// Looks at spans on their way out.
pub(crate) struct Firewall<'a> {
    pub(crate) privacy: &'a Privacy,
    pub(crate) ledger: &'a Ledger,
    pub(crate) findings: &'a Findings,
    harmless: Harmless,
}

impl<'a> Firewall<'a> {
    pub(crate) fn new(privacy: &'a Privacy, ledger: &'a Ledger, findings: &'a Findings) -> Self {
        Self {
            privacy,
            ledger,
            findings,
            harmless: Harmless::default(),
        }
    }

    /// Takes away from a span what must not leave.
    pub(crate) fn pass(&self, span: &mut Finished) {
        if self.static_hits(NAMELESS, "span name", span.site.name) {
            span.name = NAMELESS;
        }
        // Findings do not repeat a name that must not be shown.
        let name = span.name;
        self.pass_values(name, span.site, &mut span.values);
        span.attributes_dropped = self.limit_count(&mut span.values);
        span.events.recorded.retain_mut(|event| {
            let may_leave = !self.static_hits(name, "event name", event.site.name);
            self.pass_values(name, event.site, &mut event.values);
            may_leave
        });
        if let Outcome::Failed(error_type) = span.outcome
            && self.static_hits(name, "error.type", error_type)
        {
            span.outcome = Outcome::Failed(OTHER_ERROR);
        }
        let states = std::iter::once(&mut span.trace_state)
            .chain(span.links.iter_mut().map(|link| &mut link.trace_state));
        for state in states {
            if let TraceState::List(list) = state
                && self.hits(name, "tracestate", list)
            {
                *state = TraceState::default();
            }
        }
    }

    fn pass_values(&self, span: &'static str, site: &'static Site, values: &mut [Value]) {
        for (key, value) in site.keys.iter().zip(values) {
            if matches!(value.0, Inner::Absent | Inner::Refused) {
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
            } else if cut(value, self.privacy.max_text) {
                self.ledger.count(Count::Cut, 1);
            }
        }
    }

    /// Takes away the attributes beyond the limit of a span's, last ones first; returns how many.
    fn limit_count(&self, values: &mut [Value]) -> u32 {
        if values.len() <= self.privacy.max_attributes {
            return 0;
        }
        let recorded = values
            .iter_mut()
            .filter(|value| !matches!(value.0, Inner::Absent | Inner::Refused));
        let mut dropped = 0;
        for value in recorded.skip(self.privacy.max_attributes) {
            *value = Value::ABSENT;
            dropped += 1;
        }
        self.ledger.count(Count::AttributeLost, u64::from(dropped));
        dropped
    }

    fn allows(&self, key: &str) -> bool {
        self.privacy
            .allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(key))
    }

    fn value_hits(&self, span: &'static str, key: &'static str, value: &Value) -> bool {
        match &value.0 {
            Inner::Static(text) => self.static_hits(span, key, text),
            Inner::Text(text) => self.hits(span, key, text),
            Inner::Texts(texts) => texts.iter().any(|text| self.hits(span, key, text)),
            Inner::I64(number) => self.number_hits(span, key, *number),
            Inner::I64s(numbers) => numbers
                .iter()
                .any(|number| self.number_hits(span, key, *number)),
            Inner::F64(number) => self.float_hits(span, key, *number),
            Inner::F64s(numbers) => numbers
                .iter()
                .any(|number| self.float_hits(span, key, *number)),
            _ => false,
        }
    }

    /// A number has no formatting; under a telling key it can be a taxpayer's or a card's all the same. It keeps no zeros
    /// at its beginning, so it is tried with those of a CPF and of a CNPJ.
    fn number_hits(&self, span: &'static str, key: &'static str, number: i64) -> bool {
        const SEVEN_DIGITS: i64 = 9_999_999;
        number > SEVEN_DIGITS
            && (self.hits(span, key, &format!("{number:011}"))
                || self.hits(span, key, &format!("{number:014}")))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the range"
    )]
    fn float_hits(&self, span: &'static str, key: &'static str, number: f64) -> bool {
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        number.fract() == 0.0
            && number.abs() < LARGEST
            && self.number_hits(span, key, number as i64)
    }

    fn static_hits(&self, span: &'static str, key: &'static str, text: &'static str) -> bool {
        if self.harmless.contains(text, key) {
            return false;
        }
        let hits = self.hits(span, key, text);
        if !hits {
            self.harmless.note(text, key);
        }
        hits
    }

    fn hits(&self, span: &'static str, key: &'static str, text: &str) -> bool {
        if self.privacy.on_hit == OnHit::Off {
            return false;
        }
        let Some(pattern) = patterns::find(text, key) else {
            return false;
        };
        self.ledger.count(Count::Withheld, 1);
        self.findings.add(Withheld {
            span,
            key,
            looks_like: pattern.name(),
        });
        true
    }
}

/// Cuts a text at the last character boundary within the limit; returns whether it was longer.
fn cut(value: &mut Value, max: usize) -> bool {
    match &mut value.0 {
        Inner::Static(text) if text.len() > max => {
            *text = &text[..text.floor_char_boundary(max)];
            true
        }
        Inner::Text(text) => cut_text(text, max),
        Inner::Texts(texts) => {
            // All of them, not only the first.
            let cut = texts
                .iter_mut()
                .filter_map(|text| cut_text(text, max).then_some(()));
            cut.count() > 0
        }
        _ => false,
    }
}

fn cut_text(text: &mut Box<str>, max: usize) -> bool {
    let is_longer = text.len() > max;
    if is_longer {
        *text = text[..text.floor_char_boundary(max)].into();
    }
    is_longer
}

#[cfg(test)]
mod tests;
