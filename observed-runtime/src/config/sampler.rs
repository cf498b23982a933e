//! The sampler: `OTEL_TRACES_SAMPLER` and its argument, or `OTEL_SAMPLING_RATE`; what is kept beside it; the budget.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Reader, reader, resource};
use crate::sampling::budget::process_cpu;
use crate::sampling::{Keep, Ratio, Sampler};

const SAMPLER: &str = "OTEL_TRACES_SAMPLER";
const RATIO: &str = "OTEL_TRACES_SAMPLER_ARG";
const TRUST: &str = "OBSERVED_TRUST_REMOTE_SAMPLING";
const RATE: &str = "OTEL_SAMPLING_RATE";
const ROOTS: &str = "OBSERVED_ROOT_SAMPLING_RATES";
const KEEP: &str = "OBSERVED_KEEP_ERRORS";
const SLOWER: &str = "OBSERVED_KEEP_SLOWER_THAN";
const BUDGET: &str = "OBSERVED_OVERHEAD_BUDGET";
const ACCEPTED: &str = "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or \
                        parentbased_traceidratio";

/// `OTEL_TRACES_SAMPLER` wins over `OTEL_SAMPLING_RATE`; with neither, a tenth of the traces is recorded.
pub(super) fn read(reader: &mut Reader<'_>) -> Sampler {
    let trusts_remote = reader.switch(TRUST, true);
    let (roots, keep) = (roots(reader), keep(reader));
    sampler(reader)
        .trusting_remote(trusts_remote)
        .with_roots(roots)
        .keeping(keep)
}

fn sampler(reader: &mut Reader<'_>) -> Sampler {
    let sampler = reader.text(SAMPLER).map(|name| name.to_ascii_lowercase());
    // A rate that is set in code wins over a sampler of the environment.
    let rate_wins = reader.is_in_code(RATE) && reader.text(RATE).is_some();
    let sampler = sampler.filter(|_| reader.is_in_code(SAMPLER) || !rate_wins);
    let rate = reader.unused(sampler.is_some(), |reader| reader.ratio(RATE, 0.1));
    let takes_ratio = sampler
        .as_ref()
        .is_some_and(|name| name.ends_with("traceidratio"));
    let ratio = reader.unused(!takes_ratio, |reader| reader.ratio(RATIO, 1.0));
    let Some(name) = sampler else {
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

/// `process_action=1,poll_queue=0.001`: ratios by the name of the root span.
fn roots(reader: &mut Reader<'_>) -> BTreeMap<String, Ratio> {
    let list = reader.text(ROOTS).unwrap_or_default();
    let ratio = |(name, share): (String, String)| Some((name, Ratio::new(reader::share(&share)?)));
    let roots: Option<_> = resource::pairs(&list).map(|pair| ratio(pair?)).collect();
    roots.unwrap_or_else(|| {
        reader.reject(
            ROOTS,
            "name=rate pairs separated by commas, each rate from 0 to 1",
        );
        BTreeMap::new()
    })
}

fn keep(reader: &mut Reader<'_>) -> Option<Keep> {
    let keeps = reader.switch(KEEP, false);
    let milliseconds =
        |reader: &mut Reader<'_>| Duration::from_millis(reader.count(SLOWER, 1) as u64);
    let slower_than = reader
        .text(SLOWER)
        .map(|_| reader.unused(!keeps, milliseconds));
    if slower_than.is_some() && !keeps {
        reader.warn(SLOWER, "ignored: it goes only with OBSERVED_KEEP_ERRORS=1");
    }
    keeps.then_some(Keep { slower_than })
}

/// Percent of the process's CPU time.
pub(super) fn budget(reader: &mut Reader<'_>) -> Option<f64> {
    let value = reader.text(BUDGET)?;
    match value.parse() {
        Ok(percent) if percent > 0.0 && percent <= 100.0 => {
            if process_cpu().is_none() {
                reader.refuse(
                    BUDGET,
                    "this system does not tell the process its CPU time in /proc/self/stat",
                );
            }
            Some(percent)
        }
        _ => {
            reader.reject(BUDGET, "a number above 0 and up to 100, in percent");
            None
        }
    }
}
