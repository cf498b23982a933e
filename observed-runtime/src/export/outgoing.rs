//! Spans on their way out, with the firewall beside them.

use super::firewall::Firewall;
use crate::record::finished::Finished;
use crate::record::intern::Names;
use crate::record::records::Part;
use crate::record::span_codec;

/// A batch as a sink gets it. Nothing in it has been looked at yet: it is read through here and by an encoder that takes the
/// firewall, and in no other way.
pub(crate) struct Outgoing<'a> {
    pub(super) records: Part<'a>,
    pub(super) firewall: &'a Firewall<'a>,
    /// For who reads the same spans a second time: it finds the same and counts nothing.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(super) silent: &'a Firewall<'a>,
    pub(super) names: &'a mut Names,
}

impl Outgoing<'_> {
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn len(&self) -> usize {
        self.records.spans
    }

    /// The spans without what must not leave; what cannot be read is not among them.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn finished(&mut self) -> Vec<Finished> {
        let records = self.records.iter();
        records
            .filter_map(|record| {
                let mut span = span_codec::finished(record, self.names)?;
                self.firewall.pass(&mut span);
                Some(span)
            })
            .collect()
    }

    /// The same batch for who reads it before somebody else.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn first(&mut self) -> Outgoing<'_> {
        Outgoing {
            records: self.records,
            firewall: self.firewall,
            silent: self.silent,
            names: self.names,
        }
    }

    /// The same batch for who reads it after somebody else.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn again(&mut self) -> Outgoing<'_> {
        Outgoing {
            records: self.records,
            firewall: self.silent,
            silent: self.silent,
            names: self.names,
        }
    }
}
