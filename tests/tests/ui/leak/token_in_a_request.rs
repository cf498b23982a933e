//! R8-not-a-value: torrust/torrust-tracker#1441: an API token in a request.
//! Passes: `attrs(request)` -> `attrs(request.left)`

use observed_runtime::observed;

#[derive(Debug)]
struct Announce {
    left: u64,
    api_token: String,
}

#[observed(name = "announce", attrs(request))]
fn announce(request: &Announce) -> usize {
    request.api_token.len()
}

fn main() {}
