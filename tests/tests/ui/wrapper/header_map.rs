//! R8-not-a-value: headers carry credentials.
//! Passes: `n = headers` -> `n = headers.len()`

use http::HeaderMap;
use observed_runtime::observed;

#[observed(name = "fetch", attrs(n = headers))]
fn fetch(headers: &HeaderMap) {
    let _ = headers.len();
}

fn main() {}
