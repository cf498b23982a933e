//! What looks like personal data or a credential: texts, and numbers under a telling key.

use observed_syntax::patterns::{self, Pattern};

use super::Firewall;
use crate::config::OnHit;
use crate::logging;
use crate::pipeline::ledger::Count;
use crate::value::{Inner, Value};

impl Firewall<'_> {
    pub(super) fn value_hits(&self, span: &'static str, key: &'static str, value: &Value) -> bool {
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

    /// A number has no formatting; under a telling key it can be a taxpayer's or a card's all the same.
    #[inline]
    pub(in crate::export) fn number_hits(
        &self,
        span: &'static str,
        key: &'static str,
        number: i64,
    ) -> bool {
        self.privacy.on_hit != OnHit::Off
            && self.is_found(span, key, patterns::find_number(number, key))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the range"
    )]
    pub(in crate::export) fn float_hits(
        &self,
        span: &'static str,
        key: &'static str,
        number: f64,
    ) -> bool {
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        number.fract() == 0.0
            && number.abs() < LARGEST
            && self.number_hits(span, key, number as i64)
    }

    pub(in crate::export) fn static_hits(
        &self,
        span: &'static str,
        key: &'static str,
        text: &'static str,
    ) -> bool {
        if self.harmless.contains(text, key) {
            return false;
        }
        let hits = self.hits(span, key, text);
        if !hits {
            self.harmless.note(text, key);
        }
        hits
    }

    pub(in crate::export) fn hits(
        &self,
        span: &'static str,
        key: &'static str,
        text: &str,
    ) -> bool {
        if self.privacy.on_hit == OnHit::Off {
            return false;
        }
        self.is_found(span, key, patterns::find(text, key))
    }

    #[inline]
    fn is_found(&self, span: &'static str, key: &'static str, found: Option<Pattern>) -> bool {
        if let Some(pattern) = found {
            self.note(span, key, pattern);
        }
        found.is_some()
    }

    #[cold]
    fn note(&self, span: &'static str, key: &'static str, pattern: Pattern) {
        self.ledger.count(Count::Withheld, 1);
        let looks_like = pattern.name();
        if self.findings.withhold(span, key, looks_like) {
            logging::line!(
                warn,
                "tracing: {key} of {span} looks like {looks_like} and is withheld; how often is in status().withheld"
            );
        }
    }
}
