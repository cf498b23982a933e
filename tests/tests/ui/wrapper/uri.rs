//! R8-not-a-value: a URI is no value; record its parts.
//! Passes: `n = place` -> `n = place.port_u16()`

use axum::http::Uri;
use observed_runtime::observed;

#[observed(name = "fetch", attrs(n = place))]
fn fetch(place: &Uri) {
    let _ = place.port_u16();
}

fn main() {}
