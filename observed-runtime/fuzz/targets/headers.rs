//! `traceparent`, `tracestate` and `baggage` of any bytes: no panic, and what was understood is written again.

#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;
use observed_runtime::context::{self, propagation};

/// One header a line: `name: value`.
fn headers(data: &[u8]) -> HeaderMap {
    let lines = data.split(|byte| *byte == b'\n').take(64);
    lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at(colon);
            let name = HeaderName::from_bytes(name).ok()?;
            Some((name, HeaderValue::from_bytes(value[1..].trim_ascii()).ok()?))
        })
        .collect()
}

fuzz_target!(|data: &[u8]| {
    let read = propagation::extract(&headers(data));
    let mut written = HeaderMap::new();
    propagation::inject(&read, &mut written);
    assert!(!written.contains_key("baggage"), "nothing propagates baggage");
    assert_eq!(written.contains_key("traceparent"), read.span_id().is_valid());
    assert_eq!(propagation::extract(&written), read);
    read.run(|| assert_eq!(context::current(), read));
});
