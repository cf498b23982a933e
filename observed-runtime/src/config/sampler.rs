//! The sampler: `OTEL_TRACES_SAMPLER` and its argument, or `OTEL_SAMPLING_RATE`.

use super::Reader;
use crate::sampling::Sampler;

const SAMPLER: &str = "OTEL_TRACES_SAMPLER";
const RATIO: &str = "OTEL_TRACES_SAMPLER_ARG";
const TRUST: &str = "OBSERVED_TRUST_REMOTE_SAMPLING";
const RATE: &str = "OTEL_SAMPLING_RATE";
const ACCEPTED: &str = "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or \
                        parentbased_traceidratio";

/// `OTEL_TRACES_SAMPLER` wins over `OTEL_SAMPLING_RATE`; with neither, a tenth of the traces is recorded.
pub(super) fn read(reader: &mut Reader<'_>) -> Sampler {
    let trusts_remote = reader.flag(TRUST, true);
    sampler(reader).trusting_remote(trusts_remote)
}

fn sampler(reader: &mut Reader<'_>) -> Sampler {
    let rate = reader.ratio(RATE, 0.1);
    let ratio = reader.ratio(RATIO, 1.0);
    let Some(name) = reader.text(SAMPLER) else {
        return Sampler::new(rate, true);
    };
    let (name, parent_based) = match name.strip_prefix("parentbased_") {
        Some(inner) => (inner.to_owned(), true),
        None => (name, false),
    };
    match name.as_str() {
        "always_on" => Sampler::new(1.0, parent_based),
        "always_off" => Sampler::new(0.0, parent_based),
        "traceidratio" => Sampler::new(ratio, parent_based),
        _ => {
            reader.reject(SAMPLER, ACCEPTED);
            Sampler::new(0.0, true)
        }
    }
}
