//! Links: other spans that one is related to.

use super::limits;
use crate::identity::Context;

/// The links of one span, as many as fit, and how many did not.
#[derive(Debug, Default)]
pub(crate) struct Links {
    pub(crate) recorded: Vec<Context>,
    pub(crate) dropped: u32,
}

impl Links {
    pub(crate) fn of(mut contexts: Vec<Context>) -> Self {
        let dropped = contexts.len().saturating_sub(limits::links()) as u32;
        contexts.truncate(limits::links());
        Self {
            recorded: contexts,
            dropped,
        }
    }

    pub(crate) fn add(&mut self, context: Context) {
        if self.recorded.len() < limits::links() {
            self.recorded.push(context);
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{SpanId, TraceId};

    #[test]
    fn links_that_do_not_fit_are_counted() {
        let context = Context {
            trace_id: TraceId::random(),
            span_id: SpanId::random(),
            ..Context::default()
        };
        // A test beside this one may have raised what fits, up to the most.
        let links = Links::of(vec![context; limits::MOST + 3]);
        assert_eq!(
            links.recorded.len() + links.dropped as usize,
            limits::MOST + 3
        );
        assert!(links.dropped >= 3);
    }
}
