//! R9-not-text: a URL may carry a password, and is looked at whole at export; record its parts.
//! Passes: `public(place)` -> `public(place.scheme())`

use observed_runtime::observed;
use url::Url;

#[observed(name = "fetch", attrs(n = public(place)))]
fn fetch(place: &Url) {
    let _ = place.scheme();
}

fn main() {}
