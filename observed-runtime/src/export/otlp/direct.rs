//! The exporter that encodes spans straight from their records.

use std::time::Instant;

use opentelemetry_sdk::Resource;

use super::batch::Batch;
use super::encode::Encoder;
use super::request::Request;
use super::send::Sender;
use crate::export::outgoing::Outgoing;
use crate::export::report::Report;

pub(crate) struct Direct {
    sender: Sender,
    batch: Batch,
}

impl Direct {
    pub(super) fn new(
        sender: Sender,
        resource: &Resource,
        most_text: usize,
        code_attributes: bool,
    ) -> Self {
        let encoder = Encoder::new(Request::new(resource), most_text, code_attributes);
        Self {
            batch: Batch::new(encoder, sender.most_bytes),
            sender,
        }
    }

    /// Sends a batch, in as many requests as its size needs.
    pub(crate) fn export(&mut self, mut outgoing: Outgoing<'_>) -> Report {
        let begin = Instant::now();
        let mut records = outgoing.records.iter();
        let mut report = Report::default();
        self.batch.begin();
        loop {
            let filled = self.batch.fill(&mut records, &mut outgoing);
            report = report.and(filled.report);
            let spans = self.batch.spans();
            if spans > 0 {
                let within = self.sender.timeout.saturating_sub(begin.elapsed());
                let (body, kept) = self.batch.take(self.sender.gzip);
                let sent = self.sender.send(body, spans, within);
                report = report.and(sent);
                self.batch.reuse(kept);
            }
            if filled.is_last {
                return report;
            }
        }
    }
}
