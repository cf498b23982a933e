//! The filter of the layer.

use std::sync::Arc;

use tracing_core::subscriber::Interest;
use tracing_core::{LevelFilter, Metadata};
use tracing_subscriber::layer::{Context, Filter};

use crate::list::table::Table;

/// The filter of the layer: what is not listed does not reach it. `tracing` remembers the answer for each callsite.
#[derive(Debug)]
pub struct Only(Arc<Table>);

impl Only {
    pub(crate) fn of(table: Arc<Table>) -> Self {
        Self(table)
    }
}

impl<S> Filter<S> for Only {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        self.0.find(metadata).is_some()
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.0.find(metadata).is_some() {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.0.max_level())
    }
}
