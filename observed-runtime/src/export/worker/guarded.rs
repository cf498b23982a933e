//! The sink behind the firewall: there is no other way to it.

use crate::export::breaker::Breaker;
use crate::export::failure::{Failure, FailureClass};
use crate::export::firewall::Firewall;
use crate::export::report::Report;
use crate::export::sink::Sink;
use crate::panics::swallowing;
use crate::record::finished::Finished;

pub(super) struct Guarded<'a> {
    firewall: &'a Firewall<'a>,
    sink: Box<dyn Sink>,
    pub(super) breaker: Breaker,
}

impl<'a> Guarded<'a> {
    pub(super) fn new(firewall: &'a Firewall<'a>, sink: Box<dyn Sink>) -> Self {
        Self {
            firewall,
            sink,
            breaker: Breaker::new(),
        }
    }

    /// Exports what may leave; a panic on the way is a failed export, and then nothing has left.
    pub(super) fn export(&mut self, mut batch: Vec<Finished>) -> Report {
        let spans = batch.len();
        let export = || {
            for span in &mut batch {
                self.firewall.pass(span);
            }
            self.sink.export(batch)
        };
        swallowing(export).unwrap_or_else(|| Report::lost(spans, Failure::of(FailureClass::Panic)))
    }

    pub(super) fn flush(&mut self) {
        swallowing(|| self.sink.flush());
    }

    pub(super) fn shutdown(&mut self) {
        swallowing(|| self.sink.shutdown());
    }
}
