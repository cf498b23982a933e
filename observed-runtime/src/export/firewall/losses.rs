//! Attributes that do not leave, or not whole, for a reason that is not the firewall's: counted, named, logged once.

use super::findings::Findings;
use crate::logging;
use crate::pipeline::ledger::{Count, Ledger};
use crate::status::LeftOut;
use crate::value::Loss;

/// Where losses are noted.
pub(super) struct Losses<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) findings: &'a Findings,
}

impl Losses<'_> {
    /// Counts the loss of an attribute and names it by span and key; the first one of each reason is logged.
    pub(super) fn note(&self, span: &'static str, key: &'static str, loss: Loss) {
        if let Some(count) = Count::of_loss(loss) {
            self.ledger.count(count, 1);
        }
        let reason = loss.as_str();
        if self.findings.leave_out(LeftOut { span, key, reason }) {
            log(span, key, loss);
        }
    }
}

fn log(span: &str, key: &str, loss: Loss) {
    if loss == Loss::Cut {
        // By design: texts are limited.
        logging::line!(
            info,
            "tracing: the attribute {key} of {span} was cut; others are in status().left_out"
        );
        return;
    }
    let why = match loss {
        Loss::NotFinite => "a float that is not finite",
        Loss::OutOfRange => "a whole number above i64::MAX",
        Loss::OverLimit => "beyond the limit of the number of attributes",
        _ => "its expression panicked, its Display failed, or it is too long an array",
    };
    logging::line!(
        warn,
        "tracing: the attribute {key} of {span} is left out: {why}; others are in status().left_out"
    );
}
