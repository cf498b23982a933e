//! The table as observable instruments of OpenTelemetry's metrics API.

use opentelemetry::KeyValue;
use opentelemetry::metrics::{AsyncInstrument, Meter};

use super::metric::{Points, Reading};
use super::table;
use crate::lifecycle::status;

/// Makes an observable instrument of each metric; its values are read when the meter's reader collects.
///
/// To be called once for a meter: a second call observes everything twice.
///
/// ```
/// let meter = opentelemetry::global::meter("observed-runtime");
/// observed_runtime::metrics::observe(&meter);
/// ```
pub fn observe(meter: &Meter) {
    for metric in table::all() {
        // The meter keeps the callbacks; what `build` returns is a name for them.
        match metric.reading {
            Reading::Counter(read) => {
                meter
                    .u64_observable_counter(metric.name)
                    .with_unit(metric.unit)
                    .with_description(metric.help)
                    .with_callback(move |observer| tell(observer, read(&status())))
                    .build();
            }
            Reading::UpDownCounter(read) => {
                meter
                    .i64_observable_up_down_counter(metric.name)
                    .with_unit(metric.unit)
                    .with_description(metric.help)
                    .with_callback(move |observer| tell(observer, read(&status())))
                    .build();
            }
            Reading::Gauge(read) => {
                meter
                    .f64_observable_gauge(metric.name)
                    .with_unit(metric.unit)
                    .with_description(metric.help)
                    .with_callback(move |observer| tell(observer, read(&status())))
                    .build();
            }
        }
    }
}

fn tell<N>(observer: &dyn AsyncInstrument<N>, points: Points<N>) {
    for (labels, value) in points {
        let labels: Vec<KeyValue> = labels
            .into_iter()
            .map(|(key, value)| KeyValue::new(key, value))
            .collect();
        observer.observe(value, &labels);
    }
}
