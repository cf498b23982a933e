//! What a span costs the thread that makes it, measured on a pipeline of its own by spans like everybody's.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::identity::Context;
use crate::pipeline::queue;
use crate::pipeline::{Scopes, registry};
use crate::record::site::Site;
use crate::sampling::Sampler;
use crate::span::{current_of, enter};
use crate::thread::{self, attach};
use crate::value::{AttributeValue, StaticText};

const SPANS: u32 = 128;
/// The least of so many measurements counts: what interrupts one of them is not the span's cost.
const MEASUREMENTS: usize = 5;

static SITE: Site = Site::nowhere("calibration", &["number", "text"]);

/// The cost of one span with two attributes; zero when it could not be measured.
pub(super) fn cost_of_a_span() -> Duration {
    let (queue, drain) = queue::bounded(SPANS as usize * 2, usize::MAX);
    let pipeline = registry::create(
        Sampler::new(1.0, true),
        Scopes::set(BTreeMap::new()),
        "",
        queue,
    );
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let least = (0..MEASUREMENTS).map(|_| {
        let took = thread::unsuppressed(|| measure(&context));
        while let Some(handed) = drain.next() {
            pipeline.spares.put(handed.chunk);
        }
        took
    });
    let least = least.min().unwrap_or_default();
    pipeline.close();
    least / SPANS
}

fn measure(context: &Context) -> Duration {
    let _attached = attach::attach(context);
    let _root = enter(&SITE);
    let begin = Instant::now();
    for number in 0..SPANS {
        let span = enter(&SITE);
        current_of(&span)
            .record(2, &|index| match index {
                0 => number.to_value(),
                _ => "text".to_static(),
            })
            .done();
    }
    begin.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_costs_something_also_where_telemetry_is_suppressed() {
        thread::suppress();
        let cost = cost_of_a_span();
        assert!(
            cost > Duration::ZERO && cost < Duration::from_millis(1),
            "{cost:?}"
        );
    }
}
