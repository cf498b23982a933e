//! The sink behind the firewall: there is no other way to it.

use crate::export::breaker::Breaker;
use crate::export::failure::{Failure, FailureClass};
use crate::export::firewall::Firewall;
use crate::export::outgoing::Outgoing;
use crate::export::report::Report;
use crate::export::sink::Sink;
use crate::panics::swallowing;
use crate::record::intern::Names;
use crate::record::records::Part;

pub(super) struct Guarded<'a> {
    firewall: &'a Firewall<'a>,
    /// Its twin, which counts nothing.
    silent: &'a Firewall<'a>,
    sink: Box<dyn Sink>,
    names: Names,
    pub(super) breaker: Breaker,
}

impl<'a> Guarded<'a> {
    pub(super) fn new(
        firewall: &'a Firewall<'a>,
        silent: &'a Firewall<'a>,
        sink: Box<dyn Sink>,
    ) -> Self {
        Self {
            firewall,
            silent,
            sink,
            names: Names::default(),
            breaker: Breaker::new(),
        }
    }

    /// Exports what may leave; a panic on the way is a failed export, and then nothing has left.
    pub(super) fn export(&mut self, records: Part<'_>) -> Report {
        let export = || {
            self.sink.export(Outgoing {
                records,
                firewall: self.firewall,
                silent: self.silent,
                names: &mut self.names,
            })
        };
        swallowing(export)
            .unwrap_or_else(|| Report::lost(records.spans, Failure::of(FailureClass::Panic)))
    }

    pub(super) fn flush(&mut self) {
        swallowing(|| self.sink.flush());
    }

    pub(super) fn shutdown(&mut self) {
        swallowing(|| self.sink.shutdown());
    }
}
