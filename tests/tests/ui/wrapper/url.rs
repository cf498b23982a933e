//! R10-personal-name: a URL may carry a password; record its parts.
//! Passes: `public(place)` -> `public(place.scheme())`

use observed_runtime::observed;
use url::Url;

#[observed(name = "fetch", attrs(n = public(place)))]
fn fetch(place: &Url) {
    let _ = place.scheme();
}

fn main() {}
